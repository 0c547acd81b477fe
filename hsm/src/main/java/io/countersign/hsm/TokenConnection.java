package io.countersign.hsm;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A signing session with keys that have been found, checked and proven. It ends when its lane breaks; the connector
 * then makes a new one with a higher generation, and handles of the old one are worth nothing.
 */
public final class TokenConnection implements AutoCloseable
{
    private final TokenConnector connector;
    private final ProvenLane signing;
    private final ProvenLane deriving;
    private final ProvenLane keeping;
    private final ProvenLane auditing;
    private final MasterKey masterKey;
    private final RegisterKey registerKey;
    private final AuditKey auditKey;
    private final TokenAnchor tokenAnchor;
    private final TokenKeys tokenKeys;
    private final String tokenDescription;
    private final List<String> signingMethods;
    private boolean closed;

    /**
     * A connection that is ready to sign.
     *
     * @param connector that made it.
     * @param signing   with the connector's keys.
     * @param deriving  with the master key, or null without one.
     * @param keeping   with the register key, or without any.
     * @param auditing  with the audit key, or null without one.
     */
    TokenConnection(
        final TokenConnector connector,
        final ProvenLane signing,
        final ProvenLane deriving,
        final ProvenLane keeping,
        final ProvenLane auditing)
    {
        this.connector = connector;
        this.signing = signing;
        this.deriving = deriving;
        this.keeping = keeping;
        this.auditing = auditing;
        masterKey = null == deriving ? null : new MasterKey(deriving.lane());
        registerKey = keeping.keys().isEmpty() ? null :
            new RegisterKey(keeping.lane(), keeping.session().token());
        auditKey = null == auditing ? null : new AuditKey(auditing.lane(), auditing.session().token());
        tokenAnchor = new TokenAnchor(keeping.session());
        tokenKeys = new TokenKeys(keeping.session(), connector::onDestroyed);
        tokenDescription = signing.session().token().mechanisms().description();
        signingMethods = keys().map((found) -> found.key() + ": " + found.method()).toList();
    }

    /**
     * Tells connections of one connector apart.
     *
     * @return 1 for the first, rising by one.
     */
    public int generation()
    {
        return signing.lane().generation();
    }

    /**
     * The lane that signs on the thread that submits.
     *
     * @return always the same lane; one thread at a time uses it.
     */
    public SigningLane inlineLane()
    {
        return signing.lane();
    }

    /**
     * What derives API keys, on a session of its own: another thread may use it while the lane is in use.
     *
     * @return always the same, or null when the connector was given no master key.
     */
    public MasterKey masterKey()
    {
        return masterKey;
    }

    /**
     * What seals the key register, on the session that {@link #tokenKeys()} and {@link #tokenAnchor()} are on, too.
     *
     * @return always the same, or null when the connector was given no register key.
     */
    public RegisterKey registerKey()
    {
        return registerKey;
    }

    /**
     * What signs the journal's seals, on a session of its own.
     *
     * @return always the same, or null when the connector was given no audit key.
     */
    public AuditKey auditKey()
    {
        return auditKey;
    }

    /**
     * What says in the token which register file is the newest.
     *
     * @return always the same.
     */
    public TokenAnchor tokenAnchor()
    {
        return tokenAnchor;
    }

    /**
     * What makes and destroys keys on the token.
     *
     * @return always the same.
     */
    public TokenKeys tokenKeys()
    {
        return tokenKeys;
    }

    /**
     * The token in words, for people.
     *
     * @return one line: manufacturer, model, library with its version, version of PKCS#11, quirks that apply.
     */
    public String tokenDescription()
    {
        return tokenDescription;
    }

    /**
     * How the token signs with each key, for people: a choice that was made when this connection was.
     *
     * @return one line for each key in the order of the connector's keys, then one for the master key, the
     *         register key and the audit key, so far as there are.
     */
    public List<String> signingMethods()
    {
        return signingMethods;
    }

    /**
     * Whether the library was lost, as a connector to another of its tokens found: the lane would fail at its next
     * call. On the connector's thread.
     *
     * @return true when this is to be closed, so that the library can be started anew.
     */
    public boolean isLibraryLost()
    {
        return connector.isLibraryLost();
    }

    /**
     * Have the lane take no more requests, although it is not broken: something else shows that the token is in
     * trouble. On the thread that submits to the lane, or after its last call.
     */
    public void retireLane()
    {
        signing.lane().retire();
    }

    /**
     * The keys that have proven themselves.
     *
     * @return of the lanes, with what was found.
     */
    Stream<FoundKey> keys()
    {
        return Stream.of(signing, deriving, keeping, auditing)
            .filter(Objects::nonNull).flatMap((lane) -> lane.keys().stream());
    }

    /**
     * Whether a lane saw an error or was retired.
     *
     * @return true when nothing that was proven here can be relied on.
     */
    boolean isBroken()
    {
        return signing.lane().isBroken() ||
            null != deriving && deriving.lane().isBroken() ||
            keeping.lane().isBroken() ||
            null != auditing && auditing.lane().isBroken();
    }

    /**
     * Close the signing session. On the connector's thread, after the lane's thread has made its last call.
     */
    @Override
    public void close()
    {
        if (!closed)
        {
            closed = true;
            final boolean wasBroken = isBroken();
            signing.close();
            ProvenLane.close(deriving);
            keeping.close();
            ProvenLane.close(auditing);
            connector.onClosed(this, wasBroken);
        }
    }
}
