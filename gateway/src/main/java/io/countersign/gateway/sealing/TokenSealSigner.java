package io.countersign.gateway.sealing;

import io.countersign.gateway.control.TokenAgent;
import io.countersign.gateway.control.TokenTask;

/**
 * Has the token's own thread sign, on a session that no request is signed on.
 */
public final class TokenSealSigner implements SealSigner
{
    private final TokenAgent tokenAgent;
    private TokenTask<byte[]> task;

    /**
     * Construct for a token.
     *
     * @param tokenAgent of the token that has the audit key.
     */
    public TokenSealSigner(final TokenAgent tokenAgent)
    {
        this.tokenAgent = tokenAgent;
    }

    @Override
    public void ask(final byte[] text)
    {
        task = new TokenTask<>((place) -> place.connection().auditKey().sign(text));
        tokenAgent.give(task);
    }

    @Override
    public boolean isDone()
    {
        return task.isDone();
    }

    @Override
    public byte[] signature()
    {
        return task.result();
    }

    @Override
    public String failure()
    {
        return task.failure();
    }
}
