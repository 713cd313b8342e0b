import { clinicDay } from './format';

/** Today in the clinic's time, `YYYY-MM-DD`: the one place where the app asks the clock for the day. */
export const today = (): string => clinicDay(new Date());
