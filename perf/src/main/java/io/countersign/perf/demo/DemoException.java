package io.countersign.perf.demo;

/**
 * The demonstration has failed. The message is one line for people.
 */
final class DemoException extends Exception
{
    private static final long serialVersionUID = 1L;

    DemoException(final String message)
    {
        super(message);
    }
}
