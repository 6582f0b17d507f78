export * from './capture';
export { disposeCaptureReader, openCapture } from './reader';
export { HEAD_BYTES, type Recognised, recogniseCapture } from './recognise';
