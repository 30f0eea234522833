/** A module of AssemblyScript as WASM in base64, for memory of its own or for shared memory. */
declare module '*?wasm' {
  const base64: string;
  export default base64;
}
declare module '*?wasm-shared' {
  const base64: string;
  export default base64;
}
