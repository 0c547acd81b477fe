package io.countersign.gateway.access;

import io.countersign.gateway.config.AccessIssuerConfig;
import io.countersign.gateway.config.ConfigException;
import org.agrona.ErrorHandler;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * All of access tokens in one gateway: the JWKS file, the process that follows a URL for it, and the verifier. Opened
 * by the thread that starts the gateway, then used by the control agent alone, closed when that has ended.
 */
public final class AccessTokens implements AutoCloseable
{
    /** System property with the directory that this program is installed in. */
    public static final String ROOT_PROPERTY = "countersign.root";

    private static final long FIRST_FETCH_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long FIRST_FETCH_CHECK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final JwksFile file;
    private final JwksProcess process;
    private final AccessTokenVerifier verifier;

    private AccessTokens(final AccessIssuerConfig config, final JwksProcess process, final ErrorHandler errorHandler)
    {
        this.process = process;
        file = new JwksFile(config.jwksFile(), errorHandler);
        verifier = new AccessTokenVerifier(config, file::keys);
    }

    /**
     * Read the JWKS file. With a URL the process that follows it is started first, and where there is no file that can
     * be used, it is given 10 seconds to bring one.
     *
     * @param config       that a gateway's configuration holds.
     * @param errorHandler is told of errors from here on.
     * @return ready to verify.
     * @throws ConfigException when there is no JWKS that can be used.
     */
    public static AccessTokens open(final AccessIssuerConfig config, final ErrorHandler errorHandler)
        throws ConfigException
    {
        return open(config, errorHandler, FIRST_FETCH_TIMEOUT_NS);
    }

    static AccessTokens open(
        final AccessIssuerConfig config, final ErrorHandler errorHandler, final long firstFetchTimeoutNs)
        throws ConfigException
    {
        final JwksProcess process = null == config.jwksUrl() ?
            null : new JwksProcess(JwksProcess.command(config, jwksFollow(config)), errorHandler);
        final AccessTokens accessTokens = new AccessTokens(config, process, errorHandler);
        boolean isOpen = false;
        try
        {
            accessTokens.awaitKeys(firstFetchTimeoutNs);
            isOpen = true;
            return accessTokens;
        }
        catch (final JwksException ex)
        {
            throw new ConfigException(ex.getMessage());
        }
        finally
        {
            if (!isOpen)
            {
                accessTokens.close();
            }
        }
    }

    /**
     * Check an access token.
     *
     * @param compactJwt      as it was presented.
     * @param expectedSubject {@code sub} of whoever presents it.
     * @param utcNs           UTC nanoseconds since 1970: now.
     * @return a grant, or a refusal that says why.
     */
    public AccessDecision verify(final byte[] compactJwt, final String expectedSubject, final long utcNs)
    {
        return verifier.verify(compactJwt, expectedSubject, utcNs);
    }

    /**
     * Take over changed keys and look after the process that follows a URL. A duty of each duty cycle.
     *
     * @param nowNs monotonic time.
     * @return how much was done.
     */
    public int poll(final long nowNs)
    {
        return file.poll(nowNs) + (null == process ? 0 : process.poll(nowNs));
    }

    /**
     * The process that follows the URL.
     *
     * @return its process id, or -1 while there is none.
     */
    public long pid()
    {
        return null == process ? -1 : process.pid();
    }

    @Override
    public void close()
    {
        if (null != process)
        {
            process.close();
        }
    }

    private static List<String> jwksFollow(final AccessIssuerConfig config) throws ConfigException
    {
        final String root = System.getProperty(ROOT_PROPERTY);
        if (null == root && config.jwksCommand().isEmpty())
        {
            throw new ConfigException("'jwks-url' needs the command countersign, and it is not known where that is; " +
                "start the gateway by bin/countersign-gateway or give 'jwks-helper'");
        }
        return null == root ? List.of() : List.of(Path.of(root, "bin", "countersign").toString(), "jwks", "follow");
    }

    private void awaitKeys(final long timeoutNs) throws JwksException
    {
        if (null == process)
        {
            file.open();
            return;
        }
        final long startNs = System.nanoTime();
        process.start(startNs);
        while (true)
        {
            try
            {
                file.open();
                return;
            }
            catch (final JwksException ex)
            {
                final long nowNs = System.nanoTime();
                if (nowNs - startNs >= timeoutNs)
                {
                    throw new JwksException(ex.getMessage() + "; 'jwks-url' brought none within " +
                        TimeUnit.NANOSECONDS.toMillis(timeoutNs) + " ms, the lines before say why");
                }
                process.poll(nowNs);
                LockSupport.parkNanos(FIRST_FETCH_CHECK_INTERVAL_NS);
            }
        }
    }
}
