//! Why a folder is not written into.

use std::path::{Path, PathBuf};

use crate::dataset::DatasetError;

/// Why a folder is not written into. Nothing in it was changed.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It holds a file that no build wrote.
    #[error(
        "{path} is no folder of a dataset: it holds {shown}. Nothing was written. Name a new or empty folder, \
         or one that an earlier build wrote, with --out\n\
         （{path} 里有别的东西：{shown}。什么都没写，什么都没删。请用 --out 另外指定一个新的或空的文件夹）"
    )]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// What stands there.
        shown: String,
    },
    /// The dataset's own sources lie in the folder.
    #[error(
        "{source_file} lies in {path}, into which the dataset is to be written. Nothing was written. Name another folder with --out\n\
         （{source_file} 就在要写入的文件夹里。什么都没写，什么都没删。请用 --out 另外指定一个文件夹）"
    )]
    HoldsSource {
        /// The folder.
        path: PathBuf,
        /// The sheet or configuration in it.
        source_file: PathBuf,
    },
    /// The manifest is damaged or from a newer program, so its files are not known.
    #[error(
        "{path}: {cause}, so what belongs to it cannot be told. Nothing was written. Name another folder with --out\n\
         （{path} 里的 manifest.yz 读不出来，分不清哪些文件是它的。什么都没写，什么都没删。请用 --out 另外指定一个文件夹）"
    )]
    Manifest {
        /// The folder.
        path: PathBuf,
        /// Why.
        cause: DatasetError,
    },
    /// Another build is writing.
    #[error(
        "another build is writing into {0}. Nothing was written. Wait until it has ended\n\
         （另一次 build 正在写 {0}。什么都没写，请等它结束）"
    )]
    Busy(PathBuf),
    /// The new dataset is in place, but a file of the old one could not be replaced.
    #[error(
        "{path}: {cause}. The new dataset is in place, but this file is of the old one: remove it\n\
         （新数据已经写好，但 {path} 换不掉，还是旧的。请把它删掉）"
    )]
    Leftover {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A file or folder cannot be read or written; what was there before is still there.
    #[error(
        "{path}: {cause}. The dataset that was there is unchanged\n\
         （写不进去：{path}。原来的数据没有动。请看看磁盘是不是满了、文件夹是不是只读）"
    )]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
}

pub(super) fn failed(path: &Path) -> impl FnOnce(std::io::Error) -> FolderError {
    let path = path.to_owned();
    move |cause| FolderError::File { path, cause }
}
