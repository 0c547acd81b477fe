package io.countersign.gateway.register;

import java.nio.file.Path;

/** A process that saves a register again and again, and says which after each time, until it is killed. */
final class RegisterSaver
{
    private RegisterSaver()
    {
    }

    public static void main(final String[] arguments) throws RegisterException
    {
        final Path path = Path.of(arguments[0]);
        try (RegisterLock lock = RegisterLock.acquire(path))
        {
            final RegisterFile file = RegisterFile.open(path, new MacSeal(1));
            while (true)
            {
                final KeyEntry key = file.register().key("binance-main", 1);
                final KeyUse use = new KeyUse(key.use().signatures() + 1, Entries.NOW_MS);
                final RegisterMark mark =
                    file.save(file.register().withKey(key.withUse(use)), lock, Entries.NOW_MS).mark();
                System.out.println(mark.generation() + " " + mark.digest() + ".");
                System.out.flush();
            }
        }
    }
}
