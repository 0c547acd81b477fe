package io.countersign.gateway.keys;

import io.countersign.codecs.CommandText;
import io.countersign.codecs.authentication.TimeBasedCode;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.control.KeyNews;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.register.OperatorAct;
import io.countersign.gateway.register.OperatorEntry;
import io.countersign.gateway.register.OperatorState;
import io.countersign.gateway.register.Register;
import org.agrona.concurrent.NanoClock;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who may command what: enrolled, not locked, signature, order, one-time code, role, in this sequence. A code counts
 * only behind a signature that fits, so that nobody else can lock an operator. For the key agent.
 */
final class OperatorGate
{
    /** Wrong codes in a row that lock an operator. */
    static final int MAX_WRONG_CODES = 5;

    /** Steps before and after the present one whose codes are taken: clocks differ, people are slow. */
    private static final int DRIFT_STEPS = 1;

    private final Map<String, Standing> standings = new HashMap<>();
    private final Map<String, Secret> secrets = new HashMap<>();

    /** What is known of an operator's earlier commands. */
    private static final class Standing
    {
        private long sessionId;
        private long requestId;
        private long lastStep = OperatorCall.NO_STEP;
        private int wrongCodes;
    }

    /** A derived secret and what it was derived for. */
    private record Secret(int version, byte[] bytes)
    {
    }

    /**
     * What was found.
     *
     * @param call    with the signed text.
     * @param text    of the command; null when it is none.
     * @param act     null when there is no such command.
     * @param reason  NONE, or why it is refused.
     * @param lines   for the operator; none where the signature does not fit.
     * @param isLocking whether the operator is to be locked.
     */
    record Verdict(
        OperatorCall call, CommandText text, OperatorAct act, int reason, List<String> lines, boolean isLocking)
    {
        boolean isGranted()
        {
            return Reason.NONE.value() == reason;
        }
    }

    /** The code of a step is used up, as an earlier life has recorded. */
    void onUsedStep(final String operatorName, final long step)
    {
        final Standing standing = standings.computeIfAbsent(operatorName, (name) -> new Standing());
        standing.lastStep = Math.max(standing.lastStep, step);
    }

    /** The secret of an operator's codes was derived in the token. */
    void onSecret(final String operatorName, final int version, final byte[] secret)
    {
        final Secret before = secrets.put(operatorName, new Secret(version, secret));
        if (null != before)
        {
            Arrays.fill(before.bytes, (byte) 0);
        }
    }

    /** Whether codes of this operator can be checked. */
    boolean hasSecret(final OperatorEntry operator)
    {
        final Secret secret = secrets.get(operator.name());
        return null != secret && secret.version == operator.totpVersion();
    }

    void close()
    {
        secrets.values().forEach((secret) -> Arrays.fill(secret.bytes, (byte) 0));
        secrets.clear();
    }

    /** An operator who was unlocked begins anew. */
    void onUnlocked(final String operatorName)
    {
        standings.computeIfAbsent(operatorName, (name) -> new Standing()).wrongCodes = 0;
    }

    /** Checks a command; what it uses up is used up from here on. */
    Verdict check(final KeyNews.Given given, final Register register, final long utcMs, final NanoClock clock)
    {
        final String name = given.call().operatorName();
        final OperatorEntry operator = register.operator(name);
        final CommandText text;
        try
        {
            text = CommandText.parse(given.text());
        }
        catch (final IllegalArgumentException ex)
        {
            return refusal(given, Reason.COMMAND_FAILED, ex.getMessage());
        }
        if (null == operator || OperatorState.REMOVED == operator.state() || !isSigned(given, text, operator))
        {
            return refusal(given, Reason.OPERATOR_NOT_AUTHENTIC);
        }
        if (OperatorState.LOCKED == operator.state())
        {
            return refusal(given, Reason.OPERATOR_NOT_AUTHENTIC,
                name + " is locked: a security-officer unlocks with 'operators unlock', a second one approves");
        }
        final Standing standing = standings.computeIfAbsent(name, (key) -> new Standing());
        if (standing.sessionId == given.call().sessionId() && given.call().requestId() <= standing.requestId)
        {
            return refusal(given, Reason.FRAME_REPLAYED, "the request's id is not above that of the command before");
        }
        standing.sessionId = given.call().sessionId();
        standing.requestId = given.call().requestId();
        if (utcMs * 1_000_000 >= given.call().deadlineNs())
        {
            return refusal(given, Reason.DEADLINE_PASSED);
        }
        final OperatorAct act = OperatorAct.ofCommand(text.command());
        if (null != act && act.isList())
        {
            // Changes nothing: the code is for what does, and each is good for one command in 30 s.
            return decide(given, text, operator, act, OperatorCall.NO_STEP, clock);
        }
        if (!hasSecret(operator))
        {
            return refusal(given, Reason.TOKEN_UNAVAILABLE,
                "the code cannot be checked yet: the token with the master key is not connected");
        }
        final long nowStep = TimeBasedCode.step(utcMs);
        final long step = step(secrets.get(name).bytes, given.totp(), nowStep, standing.lastStep);
        if (OperatorCall.NO_STEP == step)
        {
            return onWrongCode(given, text, operator, standing, nowStep);
        }
        standing.wrongCodes = 0;
        standing.lastStep = step;
        return decide(given, text, operator, act, step, clock);
    }

    /** The first step near the present one that has the code and comes behind those that are used up. */
    private static long step(final byte[] secret, final int code, final long nowStep, final long lastStep)
    {
        for (long each = nowStep - DRIFT_STEPS; each <= nowStep + DRIFT_STEPS; each++)
        {
            if (each > lastStep && TimeBasedCode.of(secret, each) == code)
            {
                return each;
            }
        }
        return OperatorCall.NO_STEP;
    }

    /** One that was good before is refused and counts as no guess: whoever repeats it knows the secret. */
    private Verdict onWrongCode(
        final KeyNews.Given given,
        final CommandText text,
        final OperatorEntry operator,
        final Standing standing,
        final long nowStep)
    {
        final byte[] secret = secrets.get(operator.name()).bytes;
        final OperatorCall call = call(given, OperatorCall.NOT_ACCEPTED, OperatorCall.NO_STEP);
        if (OperatorCall.NO_STEP != step(secret, given.totp(), nowStep, OperatorCall.NO_STEP))
        {
            return new Verdict(call, text, null, Reason.OPERATOR_NOT_AUTHENTIC.value(),
                List.of("the code was used before: wait for the next one"), false);
        }
        standing.wrongCodes++;
        final boolean isLocking = standing.wrongCodes >= MAX_WRONG_CODES;
        return new Verdict(call, text, null, Reason.OPERATOR_NOT_AUTHENTIC.value(),
            List.of("the code is wrong; " + (isLocking ? operator.name() + " is locked now" :
                MAX_WRONG_CODES - standing.wrongCodes + " more wrong ones lock " + operator.name())), isLocking);
    }

    private static Verdict decide(
        final KeyNews.Given given,
        final CommandText text,
        final OperatorEntry operator,
        final OperatorAct act,
        final long step,
        final NanoClock clock)
    {
        if (null == act)
        {
            return new Verdict(call(given, OperatorCall.NOT_ACCEPTED, step), text, null, Reason.COMMAND_FAILED.value(),
                List.of("there is no command '" + text.command() + "'"), false);
        }
        if (!operator.role().may(act))
        {
            return new Verdict(call(given, OperatorCall.NOT_ACCEPTED, step), text, act,
                Reason.COMMAND_NOT_GRANTED.value(),
                List.of("'" + act.command() + "' is not for a " + operator.role().configName()), false);
        }
        return new Verdict(call(given, clock.nanoTime(), step), text, act, Reason.NONE.value(), List.of(), false);
    }

    private static boolean isSigned(final KeyNews.Given given, final CommandText text, final OperatorEntry operator)
    {
        try
        {
            final Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(
                new X509EncodedKeySpec(operator.publicKey())));
            verifier.update(text.signedBytes(
                given.call().sessionId(), given.call().requestId(), given.call().deadlineNs()));
            return verifier.verify(given.signature());
        }
        catch (final GeneralSecurityException ex)
        {
            return false;
        }
    }

    private static Verdict refusal(final KeyNews.Given given, final Reason reason, final String... lines)
    {
        return new Verdict(call(given, OperatorCall.NOT_ACCEPTED, OperatorCall.NO_STEP), null, null, reason.value(),
            List.of(lines), false);
    }

    private static OperatorCall call(final KeyNews.Given given, final long acceptedNs, final long step)
    {
        return given.call().with(new OperatorCall.Signed(
            new String(given.text(), StandardCharsets.UTF_8), acceptedNs, step));
    }
}
