/** The EDTF library ships no types; tests use it to compare bounds with. */
declare module 'edtf' {
  export default function edtf(text: string): { min: number; max: number; type: string }
}
