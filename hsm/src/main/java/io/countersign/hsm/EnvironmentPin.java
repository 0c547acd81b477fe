package io.countersign.hsm;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A PIN in an environment variable. {@link #claim()} overwrites it where the kernel shows it
 * ({@code /proc/PID/environ}) and takes it out of what children inherit; before that, from the start of the process,
 * whoever may trace the process could have read it. It is kept in memory from then on, for all tokens that name the
 * variable, since a token may have to be logged in to again.
 *
 * @param name of the variable.
 */
record EnvironmentPin(String name) implements PinSource
{
    private static final Map<String, byte[]> CLAIMED = new HashMap<>();

    @Override
    public Kind kind()
    {
        return Kind.ENVIRONMENT;
    }

    @Override
    public void claim() throws PinFileException
    {
        claimed();
    }

    @Override
    public char[] read() throws PinFileException
    {
        final byte[] copy = claimed().clone();
        try
        {
            return PinFile.decode(toString(), copy, copy.length);
        }
        finally
        {
            Arrays.fill(copy, (byte) 0);
        }
    }

    @Override
    public String warning()
    {
        return "the PIN came by " + this + ": whoever started the process has it too, and it was to be seen in " +
            "/proc until the process had overwritten it; a file or a credential is better";
    }

    @Override
    public String toString()
    {
        return "the environment variable " + name;
    }

    private byte[] claimed() throws PinFileException
    {
        synchronized (CLAIMED)
        {
            byte[] pin = CLAIMED.get(name);
            if (null == pin)
            {
                pin = NativeEnvironment.take(name);
                if (null == pin)
                {
                    throw new PinFileException("the environment variable " + name +
                        " is not set: put the PIN there, or better into a file");
                }
                CLAIMED.put(name, pin);
            }
            return pin;
        }
    }
}
