import { expect, it } from 'vitest';
import { bytesField, floatField, intField, message } from './protobuf';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

// The examples of the Protocol Buffers documentation, "Encoding".
it('a whole number', () => expect(hex(intField(1, 150))).toBe('089601'));
it('a text', () => expect(hex(bytesField(2, 'testing'))).toBe('120774657374696e67'));
it('a message in a message', () => expect(hex(bytesField(3, intField(1, 150)))).toBe('1a03089601'));

it('a whole number above 32 bits keeps every bit', () => {
  const expected = Buffer.from([8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]);
  expect(hex(intField(1, 2 ** 53 - 1))).toBe(hex(expected));
});

it('a float is four bytes, the lowest first', () => expect(hex(floatField(2, 1.5))).toBe('150000c03f'));
it('fields follow each other', () => expect(hex(message(intField(1, 1), intField(2, 2)))).toBe('08011002'));
