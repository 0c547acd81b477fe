package io.countersign.ops.operators;

import io.countersign.client.OperatorKey;
import io.countersign.hsm.OperatorTokenKey;
import io.countersign.hsm.TokenException;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;

/**
 * An operator's key in a token of the operator's own.
 */
final class TokenOperatorKey implements OperatorKey
{
    private final OperatorTokenKey key;

    TokenOperatorKey(final OperatorTokenKey key)
    {
        this.key = key;
    }

    @Override
    public byte[] sign(final byte[] message)
    {
        try
        {
            return key.sign(message);
        }
        catch (final TokenException ex)
        {
            throw new CommandException(ex.getMessage(), ExitCode.TOKEN);
        }
    }

    @Override
    public void close()
    {
        key.close();
    }
}
