package io.countersign.gateway.register;

import java.io.IOException;
import java.nio.file.Path;

/** A process that has the lock of a register until its input ends. */
final class LockHolder
{
    private LockHolder()
    {
    }

    public static void main(final String[] arguments) throws RegisterException, IOException
    {
        try (RegisterLock lock = RegisterLock.acquire(Path.of(arguments[0])))
        {
            System.out.println(lock.isHeld());
            System.in.read();
        }
    }
}
