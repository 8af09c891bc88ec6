/** As much as may be said of what a picture shows: what the boxes hold, and no network takes less. */
export const altLimit = 1000;
