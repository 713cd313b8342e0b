import { useMutation, useQuery } from '@tanstack/react-query';
import { demoAccounts, signInDemo, type DemoAccount } from '../../fhir/account';
import { mayLeave } from '../../fhir/leave';

const ORDER = ['surgeon', 'anaesthetist', 'clinician', 'nurse', 'pharmacist', 'secretary', 'billing', 'medical_admin', 'auditor'];

/** One account for each role, in the order of the house: the one that has it alone, or the first that has it. */
export function onePerRole(accounts: DemoAccount[]): { role: string; account: DemoAccount }[] {
  return ORDER.flatMap((role) => {
    const account = accounts.find((one) => one.roles.join() === role) ?? accounts.find((one) => one.roles[0] === role);
    return account ? [{ role, account }] : [];
  });
}

export const useDemoAccounts = (demo: boolean) => useQuery({ queryKey: ['demo-accounts'], queryFn: demoAccounts, enabled: demo, staleTime: Infinity });

/** The page of the one is left, once its texts are kept, and that of the other begins at its home. */
export const useSwitch = () =>
  useMutation({
    mutationFn: async (user: string) => {
      if (await mayLeave()) await signInDemo(user);
    },
  });
