/** For so long a change can be replayed. */
export const changeDays = 30;
