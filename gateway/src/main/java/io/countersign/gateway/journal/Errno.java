package io.countersign.gateway.journal;

/**
 * Why a call of the operating system failed, as Linux numbers it.
 */
final class Errno
{
    static final int ENOENT = 2;
    static final int EIO = 5;
    static final int ENOSPC = 28;
    static final int EROFS = 30;
    static final int ENOSYS = 38;
    static final int EOPNOTSUPP = 95;
    static final int EDQUOT = 122;

    private Errno()
    {
    }
}
