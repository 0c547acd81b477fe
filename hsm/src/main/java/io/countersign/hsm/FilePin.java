package io.countersign.hsm;

import java.nio.file.Path;

/**
 * A PIN in a file that only its owner can read.
 *
 * @param file with the PIN.
 */
record FilePin(Path file) implements PinSource
{
    @Override
    public Kind kind()
    {
        return Kind.FILE;
    }

    @Override
    public char[] read() throws PinFileException
    {
        return PinFile.read(file);
    }

    @Override
    public String toString()
    {
        return file.toString();
    }
}
