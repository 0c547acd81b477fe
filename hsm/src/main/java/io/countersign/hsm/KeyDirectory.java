package io.countersign.hsm;

import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ALLOWED_MECHANISMS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_CLASS;
import static org.xipki.pkcs11.wrapper.PKCS11Constants.CKA_ID;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Finds the objects of keys on a token, and refuses one unless it is the only one and a key that never leaves the
 * token, or only wrapped where it is one that can be recovered. By id and class alone: the key type is checked
 * afterwards, so that two objects of different type under one id are noticed too.
 * <p>
 * A few keys are asked for one by one. For more, all objects are listed once and their ids read: a token that searches
 * all its objects for every question would otherwise take a time that grows with the square of the number of keys.
 */
final class KeyDirectory
{
    /** So many keys are asked for one by one. */
    private static final int FEW_KEYS = 8;
    private static final long[] NONE = {};

    private final KeyWork work;
    private final TokenSession session;

    /**
     * A directory of the objects that a session sees.
     *
     * @param session with the user logged in.
     */
    KeyDirectory(final TokenSession session)
    {
        this(KeyWork.on(session));
    }

    /**
     * A directory of the objects that several sessions with one token see.
     *
     * @param work with the user logged in.
     */
    KeyDirectory(final KeyWork work)
    {
        this.work = work;
        session = work.session(0);
    }

    /**
     * The object of each key, and how the token signs with it.
     *
     * @param keys to find.
     * @return them in the same order.
     * @throws TokenException at the first key that is missing, ambiguous or unfit; else at the first that the token
     *                        cannot sign with.
     */
    List<FoundKey> find(final List<KeySpec> keys) throws TokenException
    {
        final boolean areFew = keys.size() <= FEW_KEYS;
        final long[][] handles = areFew ? searched(keys) : listed(keys);
        final KeyFitness[] fitness = new KeyFitness[work.width()];
        for (int i = 0; i < fitness.length; i++)
        {
            fitness[i] = new KeyFitness(work.session(i));
        }

        final long[][] allowed = new long[keys.size()][];
        work.forEach(allowed.length, (worker, i) ->
        {
            final KeySpec key = keys.get(i);
            requireOne(key, handles[i]);
            allowed[i] = fitness[worker].check(key, handles[i][0]);
        });

        final List<FoundKey> found = new ArrayList<>(allowed.length);
        for (int i = 0; i < allowed.length; i++)
        {
            final KeySpec key = keys.get(i);
            found.add(new FoundKey(key, handles[i][0],
                session.token().mechanisms().method(key.toString(), key.algorithm(), allowed[i])));
        }

        return found;
    }

    /**
     * How the token signs with a key, by what it has and what the key object allows.
     *
     * @param description of the key, for messages.
     * @param algorithm   of the key.
     * @param object      handle.
     * @return the method.
     * @throws TokenException when the token cannot sign with it.
     */
    SigningMethod method(final String description, final SigningAlgorithm algorithm, final long object)
        throws TokenException
    {
        final byte[][] allowed = new ObjectReading(session, CKA_ALLOWED_MECHANISMS).read(object);
        return session.token().mechanisms().method(description, algorithm, ObjectReading.numbers(allowed[0]));
    }

    private long[][] searched(final List<KeySpec> keys) throws TokenException
    {
        final long[][] handles = new long[keys.size()][];
        for (int i = 0; i < handles.length; i++)
        {
            handles[i] = session.find(
                Attributes.of(CKA_CLASS, keys.get(i).algorithm().objectClass()),
                Attributes.of(CKA_ID, keys.get(i).id()));
        }

        return handles;
    }

    private long[][] listed(final List<KeySpec> keys) throws TokenException
    {
        final Map<Long, Map<ByteBuffer, long[]>> classes = new HashMap<>();
        final long[][] handles = new long[keys.size()][];
        for (int i = 0; i < handles.length; i++)
        {
            final long objectClass = keys.get(i).algorithm().objectClass();
            Map<ByteBuffer, long[]> objects = classes.get(objectClass);
            if (null == objects)
            {
                objects = objects(objectClass);
                classes.put(objectClass, objects);
            }
            handles[i] = objects.getOrDefault(ByteBuffer.wrap(keys.get(i).id()), NONE);
        }

        return handles;
    }

    private Map<ByteBuffer, long[]> objects(final long objectClass) throws TokenException
    {
        final ObjectReading[] readings = new ObjectReading[work.width()];
        for (int i = 0; i < readings.length; i++)
        {
            readings[i] = new ObjectReading(work.session(i), CKA_ID);
        }

        final long[] handles = session.find(Attributes.of(CKA_CLASS, objectClass));
        final byte[][] ids = new byte[handles.length][];
        work.forEach(ids.length, (worker, i) -> ids[i] = readings[worker].read(handles[i])[0]);

        final Map<ByteBuffer, long[]> objects = HashMap.newHashMap(handles.length);
        for (int i = 0; i < handles.length; i++)
        {
            if (null != ids[i])
            {
                objects.merge(ByteBuffer.wrap(ids[i]), new long[]{ handles[i] }, KeyDirectory::join);
            }
        }

        return objects;
    }

    private void requireOne(final KeySpec key, final long... found) throws TokenException
    {
        if (0 == found.length)
        {
            throw KeyFitness.refusal(session, key, "not found: import it, or correct its id in the configuration");
        }

        if (1 != found.length)
        {
            throw KeyFitness.refusal(
                session, key, "found " + found.length + " times: give each key object an id of its own");
        }
    }

    private static long[] join(final long[] some, final long[] others)
    {
        return LongStream.concat(
            LongStream.of(some), LongStream.of(others)).toArray();
    }
}
