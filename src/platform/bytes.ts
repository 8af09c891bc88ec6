/** As people and networks count sizes of files. */
export const megabyte = 1_000_000;

/** "75 KB" or "34.5 MB". */
export const sizeWords = (bytes: number): string =>
  bytes < megabyte ? `${Math.ceil(bytes / 1000)} KB` : `${(bytes / megabyte).toFixed(1)} MB`;
