package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A token of any module, and the keys that a test has put on it.
 */
final class TestToken
{
    private final List<KeySpec> keys = new ArrayList<>();
    private final int idPrefix = new SecureRandom().nextInt();
    private final Path modulePath;
    private final String label;
    private final Path pinFile;
    private final Path quirksFile;

    TestToken(final Path modulePath, final String label, final Path pinFile, final Path quirksFile)
    {
        this.modulePath = modulePath;
        this.label = label;
        this.pinFile = pinFile;
        this.quirksFile = quirksFile;
    }

    static TestToken ofSoftHsm(final SoftHsmFixture token, final Path quirksFile)
    {
        return new TestToken(SoftHsmFixture.modulePath(), token.tokenLabel(), token.pinFile(), quirksFile);
    }

    List<KeySpec> keys()
    {
        return List.copyOf(keys);
    }

    TokenConnector.Context context()
    {
        return new TokenConnector.Context()
            .modulePath(modulePath)
            .tokenLabel(label)
            .pinFile(pinFile)
            .quirksFile(quirksFile)
            .keys(keys);
    }

    TokenProvisioner provisioner() throws TokenException
    {
        return TokenProvisioner.open(modulePath, label, null, PinSource.file(pinFile), quirksFile);
    }

    /** A secret or a key pair that the token generates. */
    KeySpec add(final SigningAlgorithm algorithm) throws TokenException
    {
        final byte[] id = nextId();
        final String alias = algorithm.configName();
        try (TokenProvisioner provisioner = provisioner())
        {
            return add(new KeySpec(alias, 1, id, algorithm, algorithm.isMac() ?
                provisioner.importSecret(id, alias, algorithm, secret(id)) :
                provisioner.generateKeyPair(id, alias, algorithm)));
        }
    }

    KeySpec importPrivateKey(final SigningAlgorithm algorithm, final byte[] pkcs8) throws TokenException
    {
        final byte[] id = nextId();
        try (TokenProvisioner provisioner = provisioner())
        {
            return add(new KeySpec("imported", 1, id, algorithm,
                provisioner.importPrivateKey(id, "imported", algorithm, pkcs8)));
        }
    }

    /** The secret of a MAC key that {@link #add} made. */
    static byte[] secret(final byte[] id)
    {
        final byte[] secret = new byte[64];
        Arrays.fill(secret, id[id.length - 1]);
        return secret;
    }

    /** What the token can do. */
    TokenMechanisms mechanisms() throws TokenException
    {
        try (RawSession raw = raw())
        {
            return raw.session().token().mechanisms();
        }
    }

    /** Leave the token as it was. */
    void destroyKeys() throws TokenException
    {
        try (RawSession raw = raw())
        {
            raw.session().loginUser(PinSource.file(pinFile));
            for (final KeySpec key : keys)
            {
                for (final long object : raw.session().find(Attributes.of(CKA_ID, key.id())))
                {
                    raw.session().destroy(object);
                }
            }
        }
    }

    /** A session of its own, for what no part of the product does. */
    RawSession raw() throws TokenException
    {
        final QuirksFile quirks = QuirksFile.load(quirksFile);
        final CryptokiModule module = CryptokiModule.acquire(modulePath, quirks);
        return new RawSession(module, TokenSession.open(module, TokenSlot.select(module, label, null, quirks)));
    }

    record RawSession(CryptokiModule module, TokenSession session) implements AutoCloseable
    {
        void closeAllSessions() throws Exception
        {
            module.pkcs11().C_CloseAllSessions(session.token().slotId());
        }

        void logout() throws Exception
        {
            module.pkcs11().C_Logout(session.handle());
        }

        @Override
        public void close()
        {
            session.close();
            module.release();
        }
    }

    private KeySpec add(final KeySpec key)
    {
        keys.add(key);
        return key;
    }

    private byte[] nextId()
    {
        return ByteBuffer.allocate(Integer.BYTES + 1).putInt(idPrefix).put((byte) (keys.size() + 1)).array();
    }
}
