export { attractByLogarithm, attractEvenly, attractLinearly, gravitate } from './attract';
export { build } from './build';
export { gather } from './gather';
export { interact } from './interact';
export { spread } from './spread';
export { bind } from './tables';
