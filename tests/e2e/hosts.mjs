// Real web servers on 127.0.0.1, with the configurations of docs/hosts. Only the lines
// that the documents tell people to change are changed.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** A free port. */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Replaces one line, which must occur exactly once. */
function replaced(text, line, by) {
  if (text.split(line).length !== 2) throw new Error(`"${line}" is not there once`);
  return text.replace(line, by);
}

const HOSTS = {
  nginx(folder, root, port, subFolder) {
    const guide = readFileSync("docs/hosts/nginx.conf", "utf8");
    let server = replaced(guide, "listen 80;", `listen 127.0.0.1:${port};`);
    server = replaced(server, "server_name stations.union.example;", "");
    server = replaced(server, "root /srv/yizhan;", `root ${root};`);
    if (subFolder) {
      // An existing site, with the lines of the guide in a location of their own.
      const [map] = guide.split("server {");
      const lines = /# ---- from here ----([^]*)# ---- to here ----/.exec(guide)[1];
      server = `${map} server {
        listen 127.0.0.1:${port}; root ${root};
        location / { return 200 "the site itself"; }
        location /${subFolder} { ${lines} }
      }`;
    }
    writeFileSync(join(folder, "yizhan.conf"), server);
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${folder}/${name};`);
    writeFileSync(
      join(folder, "nginx.conf"),
      `include /etc/nginx/modules-enabled/*.conf;
daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/error.log;
events {}
http { access_log off; ${temporary.join(" ")} include ${folder}/yizhan.conf; }
`,
    );
    return { args: ["-e", `${folder}/error.log`, "-c", `${folder}/nginx.conf`] };
  },
  Caddy(folder, root, port) {
    let site = readFileSync("docs/hosts/Caddyfile", "utf8");
    site = replaced(site, "stations.union.example {", `http://127.0.0.1:${port} {`);
    site = replaced(site, "root * /srv/yizhan", `root * ${root}`);
    writeFileSync(join(folder, "Caddyfile"), `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
    return { args: ["run", "--config", `${folder}/Caddyfile`, "--adapter", "caddyfile"] };
  },
};
export const HOST_NAMES = Object.keys(HOSTS);

const program = (name) =>
  spawnSync("which", [name.toLowerCase()], { encoding: "utf8", env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } }).stdout.trim();

/** Whether the server is installed, with the modules that its configuration needs. */
export function isInstalled(name) {
  const modules = "/etc/nginx/modules-enabled";
  const hasBrotli = () => existsSync(modules) && readdirSync(modules).some((module) => module.includes("brotli-static"));
  return program(name) !== "" && (name !== "nginx" || hasBrotli());
}

/**
 * Starts a web server for the folder `root`, or for a site that has the page in `subFolder`;
 * `stop` stops it and waits until it has ended.
 */
export async function startHost(name, root, subFolder = "") {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(name, root, subFolder);
    } catch (error) {
      // Another process may have taken the free port meanwhile.
      if (attempt === 3) throw error;
    }
  }
}

async function startOnce(name, root, subFolder) {
  const folder = mkdtempSync(join(tmpdir(), `yizhan-${name}-`));
  // The web server runs as another user, who must be able to read the folders.
  for (const path of [folder, root]) chmodSync(path, 0o755);
  mkdirSync(join(folder, "home"));
  const port = await freePort();
  const { args } = HOSTS[name](folder, root, port, subFolder);
  const env = { ...process.env, HOME: join(folder, "home"), XDG_DATA_HOME: join(folder, "home"), XDG_CONFIG_HOME: join(folder, "home") };
  const child = spawn(program(name), args, { stdio: ["ignore", "ignore", "pipe"], env });
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  const ended = once(child, "exit");
  const url = `http://127.0.0.1:${port}/`;
  const stop = async () => {
    child.kill();
    await ended;
    rmSync(folder, { recursive: true });
  };
  const end = Date.now() + 10_000;
  while (!(await fetch(url).then(() => true, () => false))) {
    if (child.exitCode !== null || Date.now() > end) {
      await stop();
      throw new Error(`${name} does not start: ${said}`);
    }
    await pause(20);
  }
  return { url, stop };
}
