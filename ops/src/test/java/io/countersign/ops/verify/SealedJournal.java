package io.countersign.ops.verify;

import io.countersign.codecs.journal.Binding;
import io.countersign.codecs.journal.DenialEncoder;
import io.countersign.codecs.journal.GatewayStartedEncoder;
import io.countersign.codecs.journal.GatewayStoppedEncoder;
import io.countersign.codecs.journal.IntentEncoder;
import io.countersign.codecs.journal.InterruptedEncoder;
import io.countersign.codecs.journal.KeyChangedEncoder;
import io.countersign.codecs.journal.KeyState;
import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.codecs.journal.OutcomeEncoder;
import io.countersign.codecs.journal.PolicyInForceEncoder;
import io.countersign.codecs.journal.Result;
import io.countersign.codecs.journal.SealEncoder;
import io.countersign.codecs.journal.SessionClosedEncoder;
import io.countersign.codecs.journal.CloseCause;
import io.countersign.codecs.journal.SessionOpenedEncoder;
import io.countersign.codecs.journal.UndeliveredEncoder;
import io.countersign.gateway.seal.Checkpoint;
import io.countersign.gateway.seal.Frontier;
import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.gateway.seal.SignedNote;
import io.countersign.gateway.seal.TreeHasher;
import io.countersign.hsm.SigningAlgorithm;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Makes the records of a journal with seals, as the gateway would, with keys of its own. Record n has the time
 * START_NS + n milliseconds.
 */
final class SealedJournal
{
    static final String ORIGIN = "example.com/gateway-1";
    static final long START_NS = 1_796_000_000_000_000_000L;

    private static final long NS_PER_MS = 1_000_000L;

    final List<byte[]> records = new ArrayList<>();
    final List<String> checkpoints = new ArrayList<>();
    final KeyPair auditKeys = keyPair("Ed25519");
    final KeyPair botKeys = keyPair("Ed25519");
    final KeyPair otherKeys = keyPair("EC");
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private String configuration = "audit:\n  origin: " + ORIGIN + "\n  key: {algorithm: Ed25519, public-key: " +
        base64(auditKeys) + "}\nkeys:\n  - {alias: bot, id: \"01\", algorithm: Ed25519, public-key: " +
        base64(botKeys) + "}\n  - {alias: mac, id: \"02\", algorithm: HMAC-SHA256, " +
        "check-value: 00112233445566778899aabbccddeeff}\n";
    private long policyVersion;
    private long lifeSequence;

    /** 2 lives in 32 records with 5 seals; the second begins at record 21. */
    static SealedJournal ofTwoLives()
    {
        final SealedJournal journal = new SealedJournal();
        journal.start(0).policy("principals: []\n").opened();
        journal.keyChanged("other", journal.otherKeys);
        journal.signed("bot").signed("other").denial().seal(0);
        journal.undelivered(6).signed("bot").signed("mac").seal(1).denial();
        journal.closed().stop().seal(0);
        journal.start(0).policy("principals: []\n").opened();
        final long open = journal.intent("bot", "x");
        journal.denial().outcome(open, "bot", journal.sign(journal.botKeys, "x")).seal(0);
        journal.signed("other").closed().stop().seal(0);
        return journal;
    }

    void configuration(final String text)
    {
        configuration = text;
    }

    String configuration()
    {
        return configuration;
    }

    long next()
    {
        return records.size() + 1L;
    }

    SealedJournal start(final int interrupted)
    {
        lifeSequence = next();
        final GatewayStartedEncoder started = new GatewayStartedEncoder().wrapAndApplyHeader(buffer, 0, header);
        started.sequence(next()).utcNs(utcNs()).monotonicNs(monotonicNs()).processId(42).lastSequence(next() - 1)
            .tornBytes(0).interrupted(interrupted).version("0.1.0");
        return append(started.limit());
    }

    SealedJournal policy(final String text)
    {
        final byte[] sha256 = sha256(text);
        policyVersion = ByteBuffer.wrap(sha256).getLong();
        final byte[] textBytes = text.getBytes(StandardCharsets.UTF_8);
        final byte[] configurationBytes = configuration.getBytes(StandardCharsets.UTF_8);
        final PolicyInForceEncoder policy = new PolicyInForceEncoder().wrapAndApplyHeader(buffer, 0, header);
        policy.sequence(next()).utcNs(utcNs()).monotonicNs(monotonicNs()).policyVersion(policyVersion)
            .putSha256(sha256, 0, sha256.length).source("policy.yaml").putText(textBytes, 0, textBytes.length)
            .putConfiguration(configurationBytes, 0, configurationBytes.length).operatorName("").comment("");
        return append(policy.limit());
    }

    SealedJournal opened()
    {
        final SessionOpenedEncoder opened = new SessionOpenedEncoder().wrapAndApplyHeader(buffer, 0, header);
        opened.sequence(next()).utcNs(utcNs()).monotonicNs(monotonicNs()).aeronSessionId(7).apiKeyVersion(1)
            .ingress("ipc:bots").principal("maker-1").source("");
        return append(opened.limit());
    }

    SealedJournal closed()
    {
        final SessionClosedEncoder closed = new SessionClosedEncoder().wrapAndApplyHeader(buffer, 0, header);
        closed.sequence(next()).utcNs(utcNs()).monotonicNs(monotonicNs()).sessionId(3).cause(CloseCause.DISCONNECTED)
            .principal("maker-1");
        return append(closed.limit());
    }

    SealedJournal keyChanged(final String alias, final KeyPair keys)
    {
        final KeyChangedEncoder changed = new KeyChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
        changed.sequence(next()).utcNs(utcNs()).monotonicNs(monotonicNs()).sessionId(0).generation(1).keyVersion(1)
            .state(KeyState.ACTIVE).alias(alias).operatorName("").comment("")
            .entry("{\"key\":\"" + alias + "\",\"version\":1,\"id\":\"03\",\"algorithm\":\"ECDSA-P256-SHA256\"," +
                "\"public-key\":\"" + base64(keys) + "\",\"token\":\"trading\"}");
        return append(changed.limit());
    }

    SealedJournal signed(final String alias)
    {
        final String payload = "symbol=LTCBTC&n=" + next();
        final long intent = intent(alias, payload);
        return outcome(intent, alias, switch (alias)
        {
            case "bot" -> sign(botKeys, payload);
            case "other" -> sign(otherKeys, payload);
            default -> new byte[32];
        });
    }

    long intent(final String alias, final String payload)
    {
        final byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        final IntentEncoder intent = new IntentEncoder().wrapAndApplyHeader(buffer, 0, header);
        intent.sequence(next()).utcNs(utcNs()).monotonicNs(monotonicNs()).sessionId(3).requestId(next())
            .policyVersion(policyVersion).timestampMs(1).keyVersion(1).tokenGeneration(1).decidedNs(300).builtNs(900)
            .decisionUtcNs(utcNs()).accessScopes((short) 0).nonce(IntentEncoder.nonceNullValue()).binding(Binding.C)
            .principal("maker-1").key(alias).rule("small").putFrame(new byte[60], 0, 60)
            .putPayload(bytes, 0, bytes.length);
        append(intent.limit());
        return records.size();
    }

    SealedJournal outcome(final long intent, final String alias, final byte[] signature)
    {
        final OutcomeEncoder outcome = new OutcomeEncoder().wrapAndApplyHeader(buffer, 0, header);
        outcome.sequence(next()).utcNs(utcNs()).monotonicNs(monotonicNs()).intentSequence(intent).sessionId(3)
            .requestId(intent).returnValue(0).submittedNs(1000).signedNs(9000).result(Result.SIGNED).reason(0)
            .principal("maker-1").key(alias).putSignature(signature, 0, signature.length);
        return append(outcome.limit());
    }

    SealedJournal interrupted(final long intent)
    {
        final InterruptedEncoder interrupted = new InterruptedEncoder().wrapAndApplyHeader(buffer, 0, header);
        interrupted.sequence(next()).utcNs(utcNs()).monotonicNs(monotonicNs()).intentSequence(intent);
        return append(interrupted.limit());
    }

    SealedJournal denial()
    {
        final DenialEncoder denial = new DenialEncoder().wrapAndApplyHeader(buffer, 0, header);
        denial.sequence(next()).utcNs(utcNs()).monotonicNs(monotonicNs()).sessionId(3).requestId(next())
            .policyVersion(policyVersion).keyVersion(1).decidedNs(250).reason(43).decisionUtcNs(utcNs())
            .accessScopes((short) 0).field((short) 0).principal("maker-1").key("bot").rule("small")
            .putFrame(new byte[61], 0, 61);
        return append(denial.limit());
    }

    SealedJournal undelivered(final long sequence)
    {
        final UndeliveredEncoder undelivered = new UndeliveredEncoder().wrapAndApplyHeader(buffer, 0, header);
        undelivered.sequence(next()).utcNs(utcNs()).monotonicNs(monotonicNs()).recordSequence(sequence).sessionId(3)
            .requestId(1).offerResult(-2).principal("maker-1");
        return append(undelivered.limit());
    }

    SealedJournal stop()
    {
        final GatewayStoppedEncoder stopped = new GatewayStoppedEncoder().wrapAndApplyHeader(buffer, 0, header);
        stopped.sequence(next()).utcNs(utcNs()).monotonicNs(monotonicNs()).firstSequence(lifeSequence);
        return append(stopped.limit());
    }

    /** A seal over all records but the last few. */
    SealedJournal seal(final int lag)
    {
        return seal(next() - 1 - lag, auditKeys);
    }

    SealedJournal seal(final long treeSize, final KeyPair keys)
    {
        return append(encodeSeal(next(), tree(treeSize), keys));
    }

    /** The record of a seal at another place than behind the records here. */
    byte[] sealOf(final long sequence, final Frontier tree)
    {
        final byte[] record = new byte[encodeSeal(sequence, tree, auditKeys)];
        buffer.getBytes(0, record);
        return record;
    }

    private int encodeSeal(final long sequence, final Frontier tree, final KeyPair keys)
    {
        final long utcNs = utcNs();
        final Checkpoint checkpoint = new Checkpoint(ORIGIN, tree.size(), tree.root(), utcNs, 12_000, "kernel");
        final byte[] text = checkpoint.text().getBytes(StandardCharsets.UTF_8);
        final String note = new SignedNote(
            checkpoint.text(), List.of(noteKey(keys).line(sign(keys, text)))).format();
        final byte[] noteBytes = note.getBytes(StandardCharsets.UTF_8);
        final byte[] frontier = tree.encoded();
        final SealEncoder seal = new SealEncoder().wrapAndApplyHeader(buffer, 0, header);
        seal.sequence(sequence).utcNs(utcNs).monotonicNs(monotonicNs()).treeSize(tree.size())
            .putRoot(tree.root(), 0, 32).sealedUtcNs(utcNs).clockErrorNs(12_000).clockSource("kernel")
            .putFrontier(frontier, 0, frontier.length).putCheckpoint(noteBytes, 0, noteBytes.length);
        checkpoints.add(note);
        return seal.limit();
    }

    Frontier tree(final long treeSize)
    {
        final TreeHasher hasher = new TreeHasher();
        final Frontier tree = new Frontier(hasher);
        final byte[] hash = new byte[TreeHasher.HASH_LENGTH];
        for (int i = 0; i < treeSize; i++)
        {
            hasher.leaf(new UnsafeBuffer(records.get(i)), 0, records.get(i).length, hash, 0);
            tree.add(hash, 0);
        }
        return tree;
    }

    /** In two cycle files, the second from the given record on. */
    void write(final Path directory, final int second) throws IOException
    {
        Files.createDirectories(directory);
        CycleFileBuilder.write(directory.resolve("20261128F.cq4"), records.subList(0, second - 1), true);
        CycleFileBuilder.write(directory.resolve("20261130F.cq4"), records.subList(second - 1, records.size()), false);
    }

    void write(final Path directory) throws IOException
    {
        Files.createDirectories(directory);
        CycleFileBuilder.write(directory.resolve("20261130F.cq4"), records, false);
    }

    Path writeCheckpoints(final Path file) throws IOException
    {
        return Files.writeString(file, String.join("\n", checkpoints) + "\n");
    }

    static NoteKey noteKey(final KeyPair keys)
    {
        try
        {
            return NoteKey.of(ORIGIN, "EC".equals(keys.getPublic().getAlgorithm()) ?
                SigningAlgorithm.ECDSA_P256 : SigningAlgorithm.ED25519, keys.getPublic().getEncoded());
        }
        catch (final NoteException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    byte[] sign(final KeyPair keys, final String text)
    {
        return sign(keys, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] sign(final KeyPair keys, final byte[] bytes)
    {
        try
        {
            final Signature signature = Signature.getInstance(
                "EC".equals(keys.getPublic().getAlgorithm()) ? "SHA256withECDSAinP1363Format" : "Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(bytes);
            return signature.sign();
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    static KeyPair keyPair(final String algorithm)
    {
        try
        {
            final KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if ("EC".equals(algorithm))
            {
                generator.initialize(256);
            }
            return generator.generateKeyPair();
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    private SealedJournal append(final int length)
    {
        final byte[] record = new byte[length];
        buffer.getBytes(0, record);
        records.add(record);
        return this;
    }

    private long utcNs()
    {
        return START_NS + next() * NS_PER_MS;
    }

    private long monotonicNs()
    {
        return next() * NS_PER_MS;
    }

    private static String base64(final KeyPair keys)
    {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    private static byte[] sha256(final String text)
    {
        try
        {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException(ex);
        }
    }
}
