// From the number that a system call leaves behind to a sentence for the person who typed the command.

import Glibc

extension FileError {
    /// Reading `path` failed.
    init(reading path: String, _ error: SystemError) {
        switch error.code {
        case ENOENT, ENOTDIR:
            self.init(.missing, path: path, "there is no such file; check the spelling")
        case EACCES, EPERM:
            self.init(.missing, path: path, "you may not read this; change its permissions with chmod, or run as its owner")
        case EISDIR:
            self.init(.missing, path: path, "this is a folder; name a file")
        case ENAMETOOLONG, ELOOP:
            self.init(.missing, path: path, "there is no such file (\(error.words)); check the spelling")
        default:
            self.init(.failed, path: path, "cannot be read (\(error.words)); check the disk and try again")
        }
    }

    /// Making, writing, moving or removing `path` failed.
    init(writing path: String, _ error: SystemError) {
        let advice =
            switch error.code {
            case ENOSPC, EDQUOT: "cannot be written, the disk is full; free some space and try again"
            case EACCES, EPERM: "no permission to write here; choose another folder, or change permissions with chmod"
            case EROFS: "cannot be written, the file system is read-only; choose another folder"
            case ENOENT: "cannot be written, its folder does not exist; make the folder first"
            case ENOTDIR: "cannot be written, a part of the path is a file; choose another folder"
            case EISDIR: "this is a folder; name a file"
            case EEXIST, ENOTEMPTY: "exists already; choose another name"
            case ENAMETOOLONG: "the name is too long; choose a shorter one"
            case EPIPE: "whoever read this has gone away"
            default: "cannot be written (\(error.words)); choose another place, or check the disk"
            }
        self.init(error.code == EPIPE ? .closed : .cannotWrite, path: path, advice)
    }
}
