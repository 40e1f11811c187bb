<?xml version="1.0" encoding="UTF-8"?>
<!-- What nobody thought of. Imported before all others, so that any other template comes first. -->
<xsl:stylesheet version="3.0"
  xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:f="urn:teipress:functions"
  xpath-default-namespace="http://www.tei-c.org/ns/1.0"
  exclude-result-prefixes="#all">

  <!-- An element that no template handles: its text, plainly, and a report. -->
  <xsl:template match="*" mode="web" as="element()">
    <xsl:sequence select="f:report-unhandled(.)"/>
    <xsl:variable name="lone" as="xs:boolean" select="exists(parent::*/(self::div | self::body | self::front | self::back | self::text))"/>
    <xsl:element name="{if ($lone or f:holds-blocks(.)) then f:tag(., 'div') else 'span'}">
      <xsl:sequence select="f:attributes(., 'unhandled')"/>
      <xsl:attribute name="data-tei" select="name()"/>
      <xsl:apply-templates mode="web"/>
    </xsl:element>
  </xsl:template>
</xsl:stylesheet>
