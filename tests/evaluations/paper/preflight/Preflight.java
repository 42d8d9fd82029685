import java.io.File;
import org.apache.pdfbox.preflight.PreflightDocument;
import org.apache.pdfbox.preflight.ValidationResult;
import org.apache.pdfbox.preflight.ValidationResult.ValidationError;
import org.apache.pdfbox.preflight.exception.SyntaxValidationException;
import org.apache.pdfbox.preflight.parser.PreflightParser;

/** Checks every file named as PDF/A-1b: a line for each fault, with tabs: file, code, words. */
public class Preflight {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            for (ValidationError error : check(new File(file)).getErrorsList()) {
                String words = error.getDetails().replaceAll("\\s+", " ");
                System.out.println(file + "\t" + error.getErrorCode() + "\t" + words);
            }
            System.out.println(file + "\tchecked\t");
        }
    }

    private static ValidationResult check(File file) throws Exception {
        PreflightParser parser = new PreflightParser(file);
        try {
            parser.parse();
        } catch (SyntaxValidationException error) {
            return error.getResult();
        }
        try (PreflightDocument document = parser.getPreflightDocument()) {
            document.validate();
            return document.getResult();
        }
    }
}
