//! The `stations` tool: from a union's spreadsheet to a published dataset.

#[cfg(not(target_arch = "wasm32"))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    yizhan::cli::main()
}

#[cfg(target_arch = "wasm32")]
fn main() {}
