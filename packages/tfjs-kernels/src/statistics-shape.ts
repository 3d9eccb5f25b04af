/** The shape of batch statistics: [C], or [groups, C] with several groups. */
export const statisticsShape = (groups: number, channels: number): number[] => (groups === 1 ? [channels] : [groups, channels]);
