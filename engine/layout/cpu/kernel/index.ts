export { attractByLogarithm, attractEvenly, attractLinearly } from './attract';
export { build } from './build';
export { gather } from './gather';
export { interact } from './interact';
export { integrate, measure, push } from './move';
export { spread } from './spread';
export { bind } from './tables';
