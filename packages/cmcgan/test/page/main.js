// What a page does that uses the package. Tests and measurements call it from outside.
import { load } from 'cmcgan';

globalThis.load = load;
