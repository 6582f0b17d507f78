export * from '../core/finding';
