import { create } from '@bufbuild/protobuf';
import { AttributeProtoSchema, AttributeProto_AttributeType, type AttributeProto } from './generated/onnx_pb';

/** Values of a node's attributes: a list of whole numbers, or one number, which is whole unless it is given as { float }. */
export type Attributes = Readonly<Record<string, readonly number[] | number | { readonly float: number }>>;

/** A node's attributes as ONNX stores them. */
export function attributeProtos(attributes: Attributes): AttributeProto[] {
  return Object.entries(attributes).map(([name, value]) => {
    if (typeof value === 'number') {
      return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INT, i: BigInt(value) });
    }
    if ('float' in value) return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.FLOAT, f: value.float });
    return create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INTS, ints: value.map(BigInt) });
  });
}
