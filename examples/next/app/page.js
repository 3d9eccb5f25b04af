'use client';
import { useState } from 'react';

/** Sends a sound to the route `/picture` and shows the picture that comes back. */
export default function Page() {
  const [picture, setPicture] = useState();
  const [problem, setProblem] = useState();

  async function send({ target }) {
    const body = new FormData();
    body.set('sound', target.files[0]);
    const response = await fetch('/picture', { method: 'POST', body });
    setPicture(response.ok ? URL.createObjectURL(await response.blob()) : undefined);
    setProblem(response.ok ? undefined : await response.text());
  }

  return (
    <main>
      <label>
        A sound: <input type="file" accept="audio/*" onChange={send} />
      </label>
      {picture && <img src={picture} alt="The picture made from the sound" />}
      <p role="status">{problem}</p>
    </main>
  );
}
