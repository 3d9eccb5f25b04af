import { create, toBinary } from '@bufbuild/protobuf';
import packageJson from '../../package.json';
import type { Metadata } from '../describe-source';
import { ModelProtoSchema, type GraphProto } from './generated/onnx_pb';

/** Version of ONNX' operators, and of its file format: since onnxruntime 1.12 and in every onnxruntime-web. */
const OPSET = 17n;
const IR_VERSION = 8n;

/** Encodes a graph as the content of an .onnx file. */
export function encodeOnnx(graph: GraphProto, metadata: Metadata): Uint8Array {
  const model = create(ModelProtoSchema, {
    irVersion: IR_VERSION,
    opsetImport: [{ domain: '', version: OPSET }],
    producerName: packageJson.name,
    producerVersion: packageJson.version,
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
    graph,
  });
  return toBinary(ModelProtoSchema, model);
}
