package io.countersign.gateway;

/**
 * What people should know though nothing has failed: told where errors are.
 */
final class Notice extends RuntimeException
{
    private static final long serialVersionUID = 1;

    Notice(final String text)
    {
        super(text, null, false, false);
    }
}
