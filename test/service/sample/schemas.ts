import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { FIXTURES } from '../../paths';

const FOLDER = join(FIXTURES, 'schemas', 'realtimekit');
const BASE = 'https://peerscope.example/schemas/realtimekit/';

const checker = load({ validateFormats: true });
const shapeChecker = load({ validateFormats: false });

function load(options: { validateFormats: boolean }): Ajv {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true, ...options });
  addFormats(ajv);
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json'))) {
    ajv.addSchema(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
  }
  return ajv;
}

/** Fails unless a body fits the schema of that name. `shapeOnly` leaves formats out, for examples with placeholder values. */
export function assertFits(name: string, body: unknown, { shapeOnly = false } = {}): void {
  const errors = problems(name, body, shapeOnly);
  assert.deepEqual(errors, [], `does not fit ${name}.json`);
}

/** What is wrong with a body: empty when it fits. */
export function problems(name: string, body: unknown, shapeOnly = false): string[] {
  const ajv = shapeOnly ? shapeChecker : checker;
  ajv.validate(`${BASE}${name}.json`, body);
  return (ajv.errors ?? [])
    .slice(0, 5)
    .map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

/** A published example. */
export function example(...path: string[]): unknown {
  return JSON.parse(readFileSync(join(FIXTURES, ...path), 'utf8'));
}
