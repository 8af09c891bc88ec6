import { videoFile } from '../../contract/videoFiles.js';

/** The video of every post that has one: of more than one piece. */
export const film = videoFile({ mediaBytes: 300_000 });
