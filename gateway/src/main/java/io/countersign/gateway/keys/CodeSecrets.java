package io.countersign.gateway.keys;

import io.countersign.gateway.control.TokenTask;
import io.countersign.gateway.register.OperatorEntry;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Has the secrets of operators' one-time codes derived in the token with the master key, one after the other. Kept in
 * memory from then on: a kill switch must not wait for a token. For the key agent.
 */
final class CodeSecrets
{
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);

    private final KeyContext context;
    private final OperatorGate gate;
    private final int masterTokenIndex;
    private long nextNs;
    private boolean isFailing;

    CodeSecrets(final KeyContext context, final OperatorGate gate, final int masterTokenIndex, final long nowNs)
    {
        this.context = context;
        this.gate = gate;
        this.masterTokenIndex = masterTokenIndex;
        nextNs = nowNs;
    }

    void poll(final long nowNs)
    {
        if (nowNs - nextNs < 0 || context.isBusy())
        {
            return;
        }
        for (final OperatorEntry operator : context.register().operators())
        {
            if (operator.isEnrolled() && !gate.hasSecret(operator))
            {
                nextNs = nowNs + INTERVAL_NS;
                final byte[] name = operator.name().getBytes(StandardCharsets.UTF_8);
                final TokenTask.Body<byte[]> derivation = (place) ->
                    place.connection().masterKey().deriveTotpSecret(name, operator.totpVersion());
                context.run(
                    masterTokenIndex, derivation, (secret) -> onSecret(operator, secret, nowNs), this::onFailed);
                return;
            }
        }
    }

    private void onSecret(final OperatorEntry operator, final byte[] secret, final long nowNs)
    {
        if (null != secret)
        {
            gate.onSecret(operator.name(), operator.totpVersion(), secret);
            nextNs = nowNs;
            isFailing = false;
        }
        else
        {
            onFailed("the master key does not answer");
        }
    }

    /** Told once, not at each attempt. */
    private void onFailed(final String why)
    {
        if (!isFailing)
        {
            isFailing = true;
            context.tell("the codes of operators cannot be checked yet: " + why);
        }
    }
}
