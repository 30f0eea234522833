export { attractByLogarithm, attractEvenly, attractLinearly } from './attract';
export { gather } from './gather';
export { interact } from './interact';
export { spread } from './spread';
export { bind } from './tables';
