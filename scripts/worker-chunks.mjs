const inPool = (names) =>
  new RegExp(`[\\\\/]src[\\\\/]engine[\\\\/](pool[\\\\/](${names})|clock|intrinsics|read-lines)\\.ts$`);

/**
 * What thread and forked workers load beside their entry, in one chunk, and what only forked ones do in another: each
 * further file is one more to find, read and link while a worker starts. An option of the bundler's output, for the
 * application and for what measures it.
 */
export const workerChunks = {
  groups: [
    { name: 'worker', test: inPool('entry[\\\\/](serve|failures|listen|tid)|mark|stamps|records|limit') },
    { name: 'fork-wire', test: inPool('entry[\\\\/]wire|wire|steps|light|frames') },
  ],
};
