// Real web servers on 127.0.0.1, with the configurations of docs/hosts. Only the lines
// that the documents tell people to change are changed.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** Replaces one line, which must be there once. */
function replaced(text, line, by) {
  if (text.split(line).length !== 2) throw new Error(`"${line}" is not there once`);
  return text.replace(line, by);
}

const HOSTS = {
  nginx(folder, root, port) {
    let server = readFileSync("docs/hosts/nginx.conf", "utf8");
    server = replaced(server, "listen 80;", `listen 127.0.0.1:${port};`);
    server = replaced(server, "server_name stations.union.example;", "");
    server = replaced(server, "root /srv/yizhan;", `root ${root};`);
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
    return { command: "/usr/sbin/nginx", args: ["-e", `${folder}/error.log`, "-c", `${folder}/nginx.conf`] };
  },
  Caddy(folder, root, port) {
    let site = readFileSync("docs/hosts/Caddyfile", "utf8");
    site = replaced(site, "stations.union.example {", `http://127.0.0.1:${port} {`);
    site = replaced(site, "root * /srv/yizhan", `root * ${root}`);
    writeFileSync(join(folder, "Caddyfile"), `{\n\tadmin off\n\tauto_https off\n}\n${site}`);
    return { command: "/usr/bin/caddy", args: ["run", "--config", `${folder}/Caddyfile`, "--adapter", "caddyfile"] };
  },
};
export const HOST_NAMES = Object.keys(HOSTS);

const PROGRAMS = { nginx: "/usr/sbin/nginx", Caddy: "/usr/bin/caddy" };
export const isInstalled = (name) => spawnSync("test", ["-x", PROGRAMS[name]]).status === 0;

/** Starts a web server for the folder `root`; `stop` ends it and waits for its end. */
export async function startHost(name, root) {
  const folder = mkdtempSync(join(tmpdir(), `yizhan-${name}-`));
  // The server's own user reads it.
  for (const path of [folder, root]) chmodSync(path, 0o755);
  mkdirSync(join(folder, "home"));
  const port = await freePort();
  const { command, args } = HOSTS[name](folder, root, port);
  const env = { ...process.env, HOME: join(folder, "home"), XDG_DATA_HOME: join(folder, "home"), XDG_CONFIG_HOME: join(folder, "home") };
  const child = spawn(command, args, { stdio: ["ignore", "ignore", "pipe"], env });
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  const ended = once(child, "exit");
  const url = `http://127.0.0.1:${port}/`;
  while (!(await fetch(url).then(() => true, () => false))) {
    if (child.exitCode !== null) throw new Error(`${name} does not start: ${said}`);
  }
  const stop = async () => {
    child.kill();
    await ended;
  };
  return { url, stop };
}
