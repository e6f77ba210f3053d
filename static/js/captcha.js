// Changes the code and plays it in place. Without this file a button draws the form anew and a link opens the sound.
export function start(part, live) {
  const find = (name) => part.querySelector(`[data-captcha-${name}]`);
  const [image, refresh, listen] = ["image", "refresh", "listen"].map(find);
  const token = part.querySelector('input[type="hidden"]');
  const field = part.querySelector('input:not([type="hidden"])');
  const say = (words) => { if (live) live.textContent = words; };
  let sound = null;
  const stop = () => { sound?.pause(); sound = null; };

  refresh.addEventListener("click", async (event) => {
    event.preventDefault();
    stop();
    const csrf = part.closest("form")?.elements.csrfmiddlewaretoken?.value ?? "";
    const body = new URLSearchParams({ captcha_token: token.value, csrfmiddlewaretoken: csrf });
    say("");
    refresh.disabled = true;
    try {
      const answer = await fetch(part.dataset.captcha, { method: "POST", body, credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.status);
      const fresh = await answer.json();
      token.value = fresh.token;
      image.src = fresh.image;
      listen.href = fresh.audio;
      field.value = "";
      say(part.dataset.captchaChanged);
      refresh.disabled = false;
      field.focus();
    } catch {
      say(part.dataset.captchaFailed);
      refresh.disabled = false;
      refresh.focus();
    }
  });

  find("tab").remove();
  listen.removeAttribute("target");
  listen.setAttribute("role", "button");
  listen.addEventListener("keydown", (event) => {
    if (event.key === " ") { event.preventDefault(); listen.click(); }
  });
  listen.addEventListener("click", (event) => {
    event.preventDefault();
    stop();
    sound = new Audio(listen.href);
    sound.play().catch(() => {});
  });
}
