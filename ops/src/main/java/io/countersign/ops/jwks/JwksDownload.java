package io.countersign.ops.jwks;

import io.countersign.gateway.access.JwkSet;
import io.countersign.gateway.access.JwksException;
import io.countersign.gateway.config.FileErrors;
import io.countersign.ops.CommandException;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches a JWKS by HTTP: never follows a redirect, takes at most 5 seconds in all and at most 256 KiB.
 */
final class JwksDownload implements AutoCloseable
{
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int HTTP_OK = 200;
    private static final Pattern MAX_AGE = Pattern.compile("(?:^|[\\s,])max-age=\"?([0-9]{1,9})\"?(?:$|[\\s,])");

    private final HttpClient client;
    private final URI url;
    private final String name;
    private final Duration timeout;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    JwksDownload(final URI url, final Path ca)
    {
        this(url, ca, TIMEOUT);
    }

    JwksDownload(final URI url, final Path ca, final Duration timeout)
    {
        this.url = url;
        this.timeout = timeout;
        final String query = url.getRawQuery();
        name = null == query ? url.toString() : url.toString().substring(0, url.toString().indexOf('?'));
        final HttpClient.Builder builder = HttpClient.newBuilder()
            .connectTimeout(timeout)
            .followRedirects(HttpClient.Redirect.NEVER);
        client = (null == ca ? builder : builder.sslContext(trusting(ca))).build();
    }

    /** The URL without its query, which may hold what is nobody's business. */
    String name()
    {
        return name;
    }

    /** Ends the fetch that is under way, and those to come, at once. For any thread. */
    void stop()
    {
        stopped.complete(null);
    }

    Fetched fetch() throws JwksException, InterruptedException
    {
        final HttpRequest request = HttpRequest.newBuilder(url)
            .timeout(timeout)
            .header("Accept", "application/jwk-set+json, application/json")
            .GET()
            .build();
        final CompletableFuture<HttpResponse<byte[]>> answer =
            client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), JwkSet.MAX_LENGTH));
        try
        {
            // The request's own time-out ends with the headers; a body can trickle for ever.
            CompletableFuture.anyOf(answer, stopped).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (!answer.isDone())
            {
                answer.cancel(true);
                throw new JwksException(name + ": is not waited for any longer");
            }
            final HttpResponse<byte[]> response = answer.get();
            if (HTTP_OK != response.statusCode())
            {
                throw new JwksException(name + ": answered with status " + response.statusCode() + "; expected 200");
            }
            return new Fetched(response.body(), maxAgeS(response));
        }
        catch (final TimeoutException ex)
        {
            answer.cancel(true);
            throw new JwksException(name + ": gave no whole answer within " + timeout.toMillis() + " ms");
        }
        catch (final ExecutionException ex)
        {
            throw new JwksException(name + ": cannot be fetched: " + text(ex.getCause()));
        }
    }

    @Override
    public void close()
    {
        client.shutdownNow();
    }

    private static long maxAgeS(final HttpResponse<?> response)
    {
        final Matcher matcher = MAX_AGE.matcher(String.join(",", response.headers().allValues("cache-control")));
        return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private static String text(final Throwable thrown)
    {
        final String name = thrown.getClass().getSimpleName();
        return null == thrown.getMessage() ? name : name + ": " + thrown.getMessage();
    }

    private static SSLContext trusting(final Path ca)
    {
        try (InputStream in = Files.newInputStream(ca))
        {
            final KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (final Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in))
            {
                store.setCertificateEntry("ca-" + count++, certificate);
            }
            if (0 == count)
            {
                throw new CommandException(ca + ": holds no certificate; expected PEM");
            }
            final TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        }
        catch (final IOException ex)
        {
            throw new CommandException(ca + ": cannot be read: " + FileErrors.reason(ex));
        }
        catch (final GeneralSecurityException ex)
        {
            throw new CommandException(ca + ": holds no certificate that can be used; expected PEM");
        }
    }
}
