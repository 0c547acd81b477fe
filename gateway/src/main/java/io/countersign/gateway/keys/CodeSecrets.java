package io.countersign.gateway.keys;

import io.countersign.gateway.control.TokenTask;
import io.countersign.gateway.register.OperatorEntry;
import io.countersign.hsm.MasterKey;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Has the secrets of operators' one-time codes derived in the token with the master key. Kept in memory from then on:
 * a kill switch must not wait for a token. For the key agent.
 */
final class CodeSecrets
{
    private static final long INTERVAL_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int AT_ONCE = 256;

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
        final List<OperatorEntry> wanting = context.register().operators().stream()
            .filter((operator) -> operator.isEnrolled() && !gate.hasSecret(operator)).limit(AT_ONCE).toList();
        if (!wanting.isEmpty())
        {
            nextNs = nowNs + INTERVAL_NS;
            final TokenTask.Body<List<byte[]>> derivation = (place) -> derive(place.connection().masterKey(), wanting);
            context.run(
                masterTokenIndex, derivation, (secrets) -> onSecrets(wanting, secrets, nowNs), this::onFailed);
        }
    }

    /** Those that the token gives. */
    private static List<byte[]> derive(final MasterKey masterKey, final List<OperatorEntry> operators)
    {
        final List<byte[]> secrets = new ArrayList<>();
        for (final OperatorEntry operator : operators)
        {
            final byte[] secret = masterKey.deriveTotpSecret(
                operator.name().getBytes(StandardCharsets.UTF_8), operator.totpVersion());
            if (null == secret)
            {
                break;
            }
            secrets.add(secret);
        }
        return secrets;
    }

    private void onSecrets(final List<OperatorEntry> operators, final List<byte[]> secrets, final long nowNs)
    {
        for (int i = 0; i < secrets.size(); i++)
        {
            gate.onSecret(operators.get(i).name(), operators.get(i).totpVersion(), secrets.get(i));
        }
        if (operators.size() == secrets.size())
        {
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
