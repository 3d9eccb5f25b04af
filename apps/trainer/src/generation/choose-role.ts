import type { Cmcgan, GeneratedRole } from '@cmcgan/model';
import { UserError } from '../errors/user-error';
import type { GeneratedOutput } from '../options/generate-options';

const ROLES = { V: { pathEnd: 'VVA', direct: 'VA' }, A: { pathEnd: 'AAV', direct: 'AV' } } as const;

/** The generated role that turns a real sample of one modality into the other, by the output asked for. */
export function chooseRole(model: Pick<Cmcgan, 'roles'>, from: 'V' | 'A', output: GeneratedOutput): GeneratedRole {
  const role = ROLES[from][output];
  if (model.roles.includes(role)) return role;
  throw new UserError(`this checkpoint's networks have no path ${[...role].join('→')}; use --output direct`);
}
