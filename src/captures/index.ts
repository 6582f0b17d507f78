export * from './capture';
export { disposeCaptureReader, openCapture } from './reader';
export { recogniseCapture } from './recognise';
