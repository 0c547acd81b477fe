package io.countersign.hsm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Opens connections to one token: the control plane of signing. One thread at a time; every call may take as long as
 * the token likes.
 * <p>
 * The anchor session does nothing but hold the login, which would end with the last session of the process. It stays
 * when a signing session breaks, and is made anew when it breaks itself. See the package's description for the states.
 */
public final class TokenConnector implements AutoCloseable
{
    private final Context context;
    private final ConnectorLogin login;
    private final Set<TokenConnection> connections = new HashSet<>();

    /** The keys that have proven themselves in this login, by the newest connection. */
    private final Map<KeySpec, FoundKey> proven = new HashMap<>();
    private List<KeySpec> keys;
    private TokenException pinRefusal;
    private int generation;
    private boolean closed;

    /**
     * A connector that has done nothing yet.
     *
     * @param context what to connect to; concluded here when it is not yet.
     */
    public TokenConnector(final Context context)
    {
        if (!context.concluded)
        {
            context.conclude();
        }
        this.context = context;
        login = new ConnectorLogin(
            context.modulePath, context.tokenLabel, context.tokenSerial, context.pin, context.quirksFile);
        keys = context.keys;
    }

    /**
     * Open a signing session with all keys found, checked and proven. The first call loads the module and logs in. When
     * an earlier connection broke, close it first: only then can a lost token's library be started anew, and not before
     * every other connector to the library has closed its connections, too.
     * <p>
     * A PIN that the token refused is not tried again: every later call fails with the same error without asking.
     *
     * @return a new connection; its generation is one more than the last one's.
     * @throws TokenException when anything is not as configured; all that was opened for this call is closed again.
     */
    public TokenConnection connect() throws TokenException
    {
        proven.clear();
        return open(keys);
    }

    /**
     * Open a signing session with other keys, which later connections have, too. Earlier connections stay as they are,
     * and their lanes may sign on their threads meanwhile. Keys that have proven themselves in this login are taken as
     * they are, unless a lane has broken since; the others are found and proven. All else is as with
     * {@link #connect()}.
     *
     * @param newKeys all must be on the token; a key's position in the list is its index in the lane.
     * @return a new connection; its generation is one more than the last one's.
     * @throws TokenException           when anything is not as it should be; all stays as it was.
     * @throws IllegalArgumentException when a pinned public key or check value is none, or a key is one of the
     *                                  gateway's own.
     */
    public TokenConnection connect(final List<KeySpec> newKeys) throws TokenException
    {
        if (connections.stream().anyMatch(TokenConnection::isBroken))
        {
            proven.clear();
        }

        final List<KeySpec> copy = List.copyOf(newKeys);
        context.own().check(copy);
        copy.stream().filter((key) -> !proven.containsKey(key)).forEach(KeySpec::checkPinned);
        final TokenConnection connection = open(copy);
        keys = copy;
        return connection;
    }

    /**
     * Close all connections and the anchor session, and finalise the module when no one else in this process uses it.
     * The threads of the lanes have made their last call.
     */
    @Override
    public void close()
    {
        if (!closed)
        {
            closed = true;
            for (final TokenConnection connection : List.copyOf(connections))
            {
                connection.close();
            }
            closeLogin();
        }
    }

    /**
     * A connection was closed.
     *
     * @param connection of this connector.
     * @param wasBroken  whether a lane of it was broken.
     */
    void onClosed(final TokenConnection connection, final boolean wasBroken)
    {
        if (wasBroken)
        {
            proven.clear();
        }
        connections.remove(connection);
    }

    /**
     * A key is about to be destroyed.
     *
     * @param key that has to be looked for again from now on.
     */
    void onDestroyed(final KeySpec key)
    {
        proven.remove(key);
    }

    /**
     * Whether another connector to the same library found it lost.
     *
     * @return true when no connection of this connector will sign again.
     */
    boolean isLibraryLost()
    {
        return login.isLibraryLost();
    }

    private TokenConnection open(final List<KeySpec> wanted) throws TokenException
    {
        if (closed)
        {
            throw new IllegalStateException("the token connector is closed");
        }

        if (null != pinRefusal)
        {
            throw new TokenException(pinRefusal.getMessage(), pinRefusal.returnValue());
        }

        final boolean wasOpen = login.isOpen();
        try
        {
            if (!login.open(connections.isEmpty()))
            {
                proven.clear();
            }
            return openConnection(wanted);
        }
        catch (final TokenException ex)
        {
            login.onFailure(ex.returnValue());
            // It stays refused: what is still held would only keep a lost library from being started anew.
            pinRefusal = ReturnValue.isPinRefused(ex.returnValue()) ? ex : null;
            if (!wasOpen || null != pinRefusal || ReturnValue.isTokenLost(ex.returnValue()))
            {
                closeLogin();
            }

            throw ex;
        }
    }

    private TokenConnection openConnection(final List<KeySpec> wanted) throws TokenException
    {
        ProvenLane signing = null;
        ProvenLane deriving = null;
        ProvenLane keeping = null;
        boolean isOpen = false;
        try
        {
            signing = provenLane(wanted);
            deriving = null == context.masterKey ? null : provenLane(List.of(context.masterKey));
            keeping = provenLane(null == context.registerKey ? List.of() : List.of(context.registerKey));
            final ProvenLane auditing = null == context.auditKey ? null : provenLane(List.of(context.auditKey));

            isOpen = true;
            generation++;
            final TokenConnection connection = new TokenConnection(this, signing, deriving, keeping, auditing);
            connections.add(connection);
            proven.clear();
            connection.keys().forEach((found) -> proven.put(found.key(), found));
            return connection;
        }
        finally
        {
            if (!isOpen)
            {
                ProvenLane.close(signing);
                ProvenLane.close(deriving);
                ProvenLane.close(keeping);
            }
        }
    }

    private ProvenLane provenLane(final List<KeySpec> wanted) throws TokenException
    {
        return ProvenLane.open(login.module(), login.token(), wanted, proven, generation + 1);
    }

    private void closeLogin()
    {
        proven.clear();
        // While a lane may still be inside the library, finalising it would pull the memory from under that call.
        login.close(connections.isEmpty());
    }

    /**
     * What to connect to.
     */
    public static final class Context
    {
        private Path modulePath;
        private String tokenLabel;
        private String tokenSerial;
        private PinSource pin;
        private Path quirksFile;
        private List<KeySpec> keys = List.of();
        private KeySpec masterKey;
        private KeySpec registerKey;
        private KeySpec auditKey;
        private boolean concluded;

        /**
         * The PKCS#11 library.
         *
         * @param modulePath of the shared library.
         * @return this.
         */
        public Context modulePath(final Path modulePath)
        {
            this.modulePath = modulePath;
            return this;
        }

        /**
         * The label of the token, without the blanks that pad it.
         *
         * @param tokenLabel that exactly one token of the module has, or one with the serial number.
         * @return this.
         */
        public Context tokenLabel(final String tokenLabel)
        {
            this.tokenLabel = tokenLabel;
            return this;
        }

        /**
         * The serial number of the token, for when several have the same label.
         *
         * @param tokenSerial or null for any, which is the default.
         * @return this.
         */
        public Context tokenSerial(final String tokenSerial)
        {
            this.tokenSerial = tokenSerial;
            return this;
        }

        /**
         * The file with the user's PIN as UTF-8 text, which only its owner may read (mode 0600 or less). It is read at
         * each login.
         *
         * @param pinFile a regular file.
         * @return this.
         */
        public Context pinFile(final Path pinFile)
        {
            return pin(PinSource.file(pinFile));
        }

        /**
         * Where the user's PIN comes from. It is read at each login.
         *
         * @param pin source.
         * @return this.
         */
        public Context pin(final PinSource pin)
        {
            this.pin = pin;
            return this;
        }

        /**
         * What tokens do otherwise, beside what is known of them here already; see docs/tokens.md. It is read whenever
         * the token is opened.
         *
         * @param quirksFile or null, which is the default, for the one that the environment variable
         *                   {@code COUNTERSIGN_TOKEN_QUIRKS} names, if any.
         * @return this.
         */
        public Context quirksFile(final Path quirksFile)
        {
            this.quirksFile = quirksFile;
            return this;
        }

        /**
         * The keys that the lanes sign with; a key's position in the list is its index there.
         *
         * @param keys all must be on the token.
         * @return this.
         */
        public Context keys(final List<KeySpec> keys)
        {
            this.keys = new ArrayList<>(keys);
            return this;
        }

        /**
         * The key that API keys are derived with. It is none of {@link #keys}: nothing but API keys is made with it.
         *
         * @param masterKey an HMAC-SHA256 key, or null for none, which is the default.
         * @return this.
         */
        public Context masterKey(final KeySpec masterKey)
        {
            this.masterKey = masterKey;
            return this;
        }

        /**
         * The key that seals the key register. It is none of {@link #keys} and not the master key.
         *
         * @param registerKey an HMAC-SHA256 key, or null for none, which is the default.
         * @return this.
         */
        public Context registerKey(final KeySpec registerKey)
        {
            this.registerKey = registerKey;
            return this;
        }

        /**
         * The key that signs the journal's seals. It is none of {@link #keys}.
         *
         * @param auditKey of Ed25519 or ECDSA on P-256, or null for none, which is the default.
         * @return this.
         */
        public Context auditKey(final KeySpec auditKey)
        {
            this.auditKey = auditKey;
            return this;
        }

        /**
         * Check that everything is there.
         *
         * @return this, not to be changed any more.
         * @throws IllegalStateException    when something is missing or the context is concluded already.
         * @throws IllegalArgumentException when a pinned public key or check value is none, or the master,
         *                                  register or audit key is unfit.
         */
        public Context conclude()
        {
            if (concluded)
            {
                throw new IllegalStateException("the context is concluded already");
            }

            require("module path", modulePath);
            require("token label", tokenLabel);
            require("PIN", pin);
            keys = List.copyOf(keys);
            own().check(keys);
            keys.forEach(KeySpec::checkPinned);
            concluded = true;

            return this;
        }

        private OwnKeys own()
        {
            return new OwnKeys(masterKey, registerKey, auditKey);
        }

        private static void require(final String name, final Object value)
        {
            if (null == value)
            {
                throw new IllegalStateException("the " + name + " is missing");
            }
        }
    }
}
