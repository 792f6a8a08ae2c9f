// A form that is handed in: nothing twice meanwhile, and what was refused of it.

import { useState } from "../vendor/htm-preact.js";

/** `save` is what handing it in does; it throws what is refused. */
export function useSaving(save) {
  const [state, setState] = useState({ busy: false, error: null });
  const submit = async (event) => {
    event.preventDefault();
    setState({ busy: true, error: null });
    try {
      await save();
      setState({ busy: false, error: null });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return { ...state, submit };
}
