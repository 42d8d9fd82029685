package javax.activation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What PDFBox asks of a library that Java no longer brings along. */
public interface DataSource {
    InputStream getInputStream() throws IOException;

    OutputStream getOutputStream() throws IOException;

    String getContentType();

    String getName();
}
