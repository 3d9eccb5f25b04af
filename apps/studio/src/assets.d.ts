declare module '*?worker&url' {
  /** The URL of a script that the build makes of a module. */
  const url: string;
  export { url as default };
}
