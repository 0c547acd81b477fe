package io.countersign.gateway.keys;

import io.countersign.client.OperatorKey;
import io.countersign.codecs.authentication.HmacSha256;
import io.countersign.codecs.authentication.TimeBasedCode;
import io.countersign.gateway.GatewayFixture;
import io.countersign.gateway.register.OperatorEntry;
import io.countersign.gateway.register.OperatorRole;
import io.countersign.gateway.register.OperatorState;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;

/**
 * An operator with a key in memory and an authenticator app that is never late.
 */
final class TestOperator implements OperatorKey
{
    /** Longest time between a code and its check. */
    private static final long WAY_MS = 8_000;

    private final String name;
    private final OperatorRole role;
    private final KeyPair pair;
    private long lastStep;

    TestOperator(final String name, final OperatorRole role)
    {
        this.name = name;
        this.role = role;
        try
        {
            pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    String name()
    {
        return name;
    }

    byte[] publicKey()
    {
        return pair.getPublic().getEncoded();
    }

    OperatorEntry entry()
    {
        return new OperatorEntry(
            name, role, publicKey(), 1, OperatorState.ENROLLED, System.currentTimeMillis());
    }

    /** A code that was not used yet: of the oldest step that is still taken. Waits for one when all were used. */
    int nextCode()
    {
        // A step that is about to be too old may be so when the command arrives.
        final long arrivalStep = TimeBasedCode.step(System.currentTimeMillis() + WAY_MS);
        lastStep = Math.max(lastStep + 1, arrivalStep - 1);
        while (TimeBasedCode.step(System.currentTimeMillis()) + 1 < lastStep)
        {
            Thread.onSpinWait();
        }
        return TimeBasedCode.of(secret(), lastStep);
    }

    int code(final long step)
    {
        return TimeBasedCode.of(secret(), step);
    }

    int usedCode()
    {
        return TimeBasedCode.of(secret(), lastStep);
    }

    /** One that fits no step near this time. */
    int wrongCode()
    {
        final long nowStep = TimeBasedCode.step(System.currentTimeMillis());
        int code = 0;
        for (long step = nowStep - 3; step <= nowStep + 3; step++)
        {
            if (TimeBasedCode.of(secret(), step) == code)
            {
                code++;
                step = nowStep - 4;
            }
        }
        return code;
    }

    @Override
    public byte[] sign(final byte[] message)
    {
        try
        {
            final Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    @Override
    public void close()
    {
    }

    byte[] secret()
    {
        return Arrays.copyOf(HmacSha256.mac(
            GatewayFixture.masterSecret(),
            "countersign TOTP, version 1: ".getBytes(StandardCharsets.US_ASCII),
            ByteBuffer.allocate(Integer.BYTES).putInt(1).array(),
            name.getBytes(StandardCharsets.UTF_8)), TimeBasedCode.SECRET_LENGTH);
    }
}
