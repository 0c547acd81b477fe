package io.countersign.ops.archive;

import io.countersign.codecs.journal.Binding;
import io.countersign.codecs.journal.GatewayStartedEncoder;
import io.countersign.codecs.journal.IntentEncoder;
import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.codecs.journal.OutcomeEncoder;
import io.countersign.codecs.journal.PolicyInForceEncoder;
import io.countersign.codecs.journal.Result;
import io.countersign.codecs.journal.SealEncoder;
import io.countersign.gateway.journal.ChronicleJournal;
import io.countersign.gateway.journal.JournalLock;
import io.countersign.gateway.journal.JournalRecovery;
import io.countersign.gateway.seal.Checkpoint;
import io.countersign.gateway.seal.Frontier;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.gateway.seal.SignedNote;
import io.countersign.gateway.seal.TreeHasher;
import io.countersign.hsm.SigningAlgorithm;
import org.agrona.ExpandableArrayBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Writes a journal, a life for each day, whose seals fit and are signed; or not, as asked.
 */
final class SealedJournal
{
    static final String ORIGIN = "example.com/gateway-1";
    static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

    private static final String POLICY = "principals: []\n";

    /** Of the zeros behind the records only some, so that tests are quick. */
    private static final long CUT_LENGTH = (2 << 20) + 4096;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final TreeHasher hasher = new TreeHasher();
    private final Frontier frontier = new Frontier(hasher);
    private final byte[] leaf = new byte[TreeHasher.HASH_LENGTH];
    private final byte[] policySha256;
    private final Path directory;
    private final KeyPair keys;
    private final NoteKey noteKey;
    private ChronicleJournal journal;
    private long sequence;
    private long utcNs;
    private boolean isRootWrong;
    private boolean isStartLeftOut;

    SealedJournal(final Path directory) throws Exception
    {
        this.directory = directory;
        policySha256 = MessageDigest.getInstance("SHA-256").digest(POLICY.getBytes(StandardCharsets.UTF_8));
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        noteKey = NoteKey.of(ORIGIN, SigningAlgorithm.ED25519, keys.getPublic().getEncoded());
    }

    String verifierKey()
    {
        return noteKey.format();
    }

    Frontier frontier()
    {
        return frontier;
    }

    /** From now on seals have another root than the records. */
    void falsify()
    {
        isRootWrong = true;
    }

    /** 4 records, two more for each request, and as many as the day may end with. */
    Path day(final int daysAgo, final int requests) throws Exception
    {
        return day(daysAgo, () ->
        {
            seal();
            for (int i = 0; i < requests; i++)
            {
                outcome(intent());
            }
            seal();
        });
    }

    /** Without seals. */
    Path unsealedDay(final int daysAgo, final int requests) throws Exception
    {
        return day(daysAgo, () ->
        {
            for (int i = 0; i < requests; i++)
            {
                outcome(intent());
            }
        });
    }

    /** As {@link #day(int, int)}, but no start: the life of the day before goes on. */
    Path continuedDay(final int daysAgo, final int requests) throws Exception
    {
        isStartLeftOut = true;
        return day(daysAgo, requests);
    }

    /** Two records, and what is given. */
    Path day(final int daysAgo, final Content content) throws Exception
    {
        final LocalDate day = TODAY.minusDays(daysAgo);
        utcNs = TimeUnit.DAYS.toNanos(day.toEpochDay());
        try (JournalLock lock = JournalLock.acquire(directory))
        {
            sequence = JournalRecovery.run(lock).lastSequence();
            journal = new ChronicleJournal(new ChronicleJournal.Context()
                .directory(directory).lock(lock).errorHandler(Throwable::printStackTrace));
            try
            {
                if (!isStartLeftOut)
                {
                    started();
                }
                policy();
                content.write();
            }
            finally
            {
                journal.close();
            }
        }
        final Path written = directory.resolve(TODAY.format(DateTimeFormatter.BASIC_ISO_DATE) + "F.cq4");
        final Path dated = directory.resolve(name(daysAgo));
        Files.move(written, dated);
        cut();
        return dated;
    }

    static String name(final int daysAgo)
    {
        return TODAY.minusDays(daysAgo).format(DateTimeFormatter.BASIC_ISO_DATE) + "F.cq4";
    }

    /** What a day holds. */
    @FunctionalInterface
    interface Content
    {
        void write() throws Exception;
    }

    /** All of them: the next life makes the file before its own as long again. */
    private void cut() throws IOException
    {
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory, "*.cq4"))
        {
            for (final Path path : paths)
            {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE))
                {
                    channel.truncate(CUT_LENGTH);
                }
            }
        }
    }

    private void started()
    {
        final GatewayStartedEncoder started = new GatewayStartedEncoder().wrapAndApplyHeader(buffer, 0, header);
        started.sequence(next()).utcNs(utcNs).monotonicNs(1).processId(42).lastSequence(sequence - 1).tornBytes(0)
            .interrupted(0).version("0.1.0");
        append(started.encodedLength());
    }

    private void policy()
    {
        final PolicyInForceEncoder policy = new PolicyInForceEncoder().wrapAndApplyHeader(buffer, 0, header);
        policy.sequence(next()).utcNs(utcNs).monotonicNs(1).policyVersion(ByteBuffer.wrap(policySha256).getLong())
            .putSha256(policySha256, 0, policySha256.length).source("gateway.yaml").text(POLICY)
            .configuration("").operatorName("").comment("");
        append(policy.encodedLength());
    }

    long intent()
    {
        final byte[] frame = new byte[120];
        final byte[] payload = ("symbol=LTCBTC&side=BUY&n=" + sequence).getBytes(StandardCharsets.UTF_8);
        final IntentEncoder intent = new IntentEncoder().wrapAndApplyHeader(buffer, 0, header);
        intent.sequence(next()).utcNs(utcNs).monotonicNs(1).sessionId(4).requestId(sequence)
            .policyVersion(ByteBuffer.wrap(policySha256).getLong())
            .timestampMs(1).keyVersion(1).tokenGeneration(1).decidedNs(300).builtNs(900).decisionUtcNs(utcNs)
            .accessScopes((short) 0).nonce(IntentEncoder.nonceNullValue()).binding(Binding.C)
            .principal("maker-1").key("binance-1").rule("small")
            .putFrame(frame, 0, frame.length).putPayload(payload, 0, payload.length);
        append(intent.encodedLength());
        return sequence;
    }

    void outcome(final long intent)
    {
        final byte[] signature = new byte[32];
        System.arraycopy(leaf, 0, signature, 0, signature.length);
        final OutcomeEncoder outcome = new OutcomeEncoder().wrapAndApplyHeader(buffer, 0, header);
        outcome.sequence(next()).utcNs(utcNs).monotonicNs(1).intentSequence(intent).sessionId(4).requestId(intent)
            .returnValue(0).submittedNs(1000).signedNs(9000).result(Result.SIGNED).reason(0)
            .principal("maker-1").key("binance-1").putSignature(signature, 0, signature.length);
        append(outcome.encodedLength());
    }

    void seal() throws Exception
    {
        final byte[] root = frontier.root();
        if (isRootWrong)
        {
            root[0] ^= 1;
        }
        final byte[] hashes = frontier.encoded();
        final long sealedUtcNs = utcNs;
        final String text = new Checkpoint(
            ORIGIN, frontier.size(), root, utcNs, Checkpoint.UNKNOWN_ERROR, "").text();
        final Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update(text.getBytes(StandardCharsets.UTF_8));
        final String note = new SignedNote(text, List.of(noteKey.line(signature.sign()))).format();
        final SealEncoder seal = new SealEncoder().wrapAndApplyHeader(buffer, 0, header);
        seal.sequence(next()).utcNs(utcNs).monotonicNs(1).treeSize(frontier.size());
        for (int i = 0; i < root.length; i++)
        {
            seal.root(i, root[i]);
        }
        seal.sealedUtcNs(sealedUtcNs).clockErrorNs(SealEncoder.clockErrorNsNullValue()).clockSource("")
            .putFrontier(hashes, 0, hashes.length).checkpoint(note);
        append(seal.encodedLength());
    }

    private long next()
    {
        utcNs += 1000;
        return ++sequence;
    }

    private void append(final int encodedLength)
    {
        final int length = MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
        if (!journal.append(buffer, 0, length))
        {
            throw new IllegalStateException("journal failed");
        }
        hasher.leaf(buffer, 0, length, leaf, 0);
        frontier.add(leaf, 0);
    }

    /** Names of all that is in a directory but locks and Chronicle's metadata, sorted. */
    static List<String> names(final Path directory) throws IOException
    {
        final List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory))
        {
            paths.forEach((path) -> names.add(path.getFileName().toString()));
        }
        names.removeIf((name) -> name.endsWith(".lock") || name.endsWith(".cq4t"));
        names.sort(null);
        return names;
    }
}
