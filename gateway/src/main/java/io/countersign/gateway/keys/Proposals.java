package io.countersign.gateway.keys;

import io.countersign.codecs.CommandText;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.register.OperatorEntry;
import io.countersign.gateway.register.RegisterException;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What one operator has proposed and another has still to approve. Forgotten when the gateway stops: whoever proposed
 * proposes again. For the key agent.
 */
final class Proposals
{
    /** Time in which a proposal can be approved. */
    static final long LIFE_MS = TimeUnit.MINUTES.toMillis(15);

    /** Most that wait at one time. */
    static final int CAPACITY = 32;

    private static final int ID_LENGTH = 4;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Proposal> waiting = new LinkedHashMap<>();

    /**
     * A proposal.
     *
     * @param id           for people.
     * @param text         of the command.
     * @param policySha256 of the policy that is to be in force; null unless it is about one.
     * @param proposer     who signed it.
     * @param untilMs      milliseconds since 1970.
     */
    record Proposal(String id, CommandText text, byte[] policySha256, OperatorEntry proposer, long untilMs)
    {
        /** SHA-256 of the command's text, and of the policy's digest behind it, in hexadecimal digits. */
        String digest()
        {
            try
            {
                final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
                sha256.update(text.toString().getBytes(StandardCharsets.UTF_8));
                if (null != policySha256)
                {
                    sha256.update(policySha256);
                }
                return HexFormat.of().formatHex(sha256.digest());
            }
            catch (final NoSuchAlgorithmException ex)
            {
                throw new IllegalStateException(ex);
            }
        }

        String line()
        {
            return "proposal " + id + " digest " + digest() + " by " + proposer.name() + " until " +
                Instant.ofEpochMilli(untilMs).truncatedTo(ChronoUnit.SECONDS) + ": " +
                text.toString().strip().replaceFirst("^command ", "").replace("\n", ", ") +
                (null == policySha256 ? "" : ", policy " + HexFormat.of().formatHex(policySha256, 0, Long.BYTES));
        }
    }

    /** Keeps a proposal; lines for whoever made it. */
    List<String> add(
        final OperatorEntry proposer,
        final CommandText text,
        final byte[] policySha256,
        final List<String> lines,
        final long utcMs) throws RegisterException
    {
        forgetOld(utcMs);
        if (CAPACITY == waiting.size())
        {
            throw new RegisterException("there are " + CAPACITY + " proposals already: approve some, or wait");
        }
        final byte[] id = new byte[ID_LENGTH];
        random.nextBytes(id);
        final Proposal proposal =
            new Proposal(HexFormat.of().formatHex(id), text, policySha256, proposer, utcMs + LIFE_MS);
        waiting.put(proposal.id, proposal);
        final List<String> answer = new ArrayList<>(lines);
        answer.add("proposed as " + proposal.id + ": another security-officer approves it within " +
            TimeUnit.MILLISECONDS.toMinutes(LIFE_MS) + " minutes, with 'operators approve " + proposal.id + "'");
        answer.add(proposal.line());
        return answer;
    }

    List<String> lines(final long utcMs)
    {
        forgetOld(utcMs);
        return waiting.values().stream().map(Proposal::line).toList();
    }

    /** Takes a proposal out, for the operator who approves it. */
    Proposal approve(
        final OperatorCall call, final OperatorEntry approver, final String id, final String digest, final long utcMs)
        throws RegisterException
    {
        forgetOld(utcMs);
        final Proposal proposal = null == id ? null : waiting.get(id);
        if (null == proposal)
        {
            throw new RegisterException("there is no proposal '" + id + "': it was approved, is over, or never was; " +
                "see 'operators proposals'");
        }
        if (!proposal.digest().equals(digest))
        {
            throw new RegisterException("the digest is not that of proposal " + id + ": look at it again with " +
                "'operators proposals'");
        }
        if (approver.name().equals(proposal.proposer.name()) ||
            Arrays.equals(approver.publicKey(), proposal.proposer.publicKey()))
        {
            throw new RegisterException(call.operatorName() + " has made proposal " + id +
                ": another security-officer must approve it");
        }
        waiting.remove(id);
        return proposal;
    }

    private void forgetOld(final long utcMs)
    {
        waiting.values().removeIf((proposal) -> proposal.untilMs <= utcMs);
    }
}
