import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { sendJson } from '../../../fhir/http';
import { API } from '../../../fhir/verbs';
import { asNumbers } from '../core/check';
import { casePath, filled, type Value, type Values } from '../core/entry.resource';
import { visitKey, type Visit } from './visit.resource';

const REST_MS = 2_000;

export interface Finish { complete: boolean; overrideReason?: string }

/** What is typed is kept on the server two seconds after the last key, while the consultation is not finished. One request at a time: each needs the version of the one before. */
export function useVisitDraft(surgery: string, first: Visit) {
  const queries = useQueryClient();
  const [visit, setVisit] = useState(first);
  const [values, setValues] = useState<Values>(first.values);
  const [state, setState] = useState<'saved' | 'typed' | 'sending' | 'failed'>('saved');
  const [at, setAt] = useState<string | null>(null);
  const now = useRef({ values, visit });
  useEffect(() => {
    now.current = { values, visit };
  }, [values, visit]);
  const turn = useRef<Promise<unknown>>(Promise.resolve());
  const put = useCallback((finish: Finish): Promise<Visit> => {
    const run = async () => {
      const { values: typed, visit: known } = now.current;
      setState('sending');
      const stored = await sendJson<Visit>('PUT', API + casePath(surgery, 'preanaesthesia'), { version: known.version, values: filled(asNumbers(known.fields, typed)), ...finish });
      if (!stored) return known;
      now.current.visit = stored;
      setVisit(stored);
      queries.setQueryData(visitKey(surgery), stored);
      setState(now.current.values === typed ? 'saved' : 'typed');
      setAt(new Date().toISOString());
      return stored;
    };
    const next = turn.current.then(run, run);
    turn.current = next.catch(() => setState('failed'));
    return next;
  }, [surgery, queries]);
  const save = useMutation({ mutationFn: put });
  const keep = useMutation({ mutationFn: put });
  const { mutate } = keep;
  useEffect(() => {
    if (state !== 'typed' || visit.state === 'done') return;
    const timer = setTimeout(() => mutate({ complete: false }), REST_MS);
    return () => clearTimeout(timer);
  }, [state, values, visit.state, mutate]);
  const change = (name: string, value: Value | undefined) => {
    setValues((before) => ({ ...before, [name]: value }));
    setState('typed');
  };
  return { visit, values, change, keeping: { state, at }, save: { ...save, error: save.error ?? keep.error } };
}
