# buildAmi sets the variables it knows and the template declares: family, region, copy_to_regions, share_with, source_ami,
# ami_name, tags, manifest and, only when AWS_ENDPOINT_URL is set, endpoint. The others are yours.

variable "family" {
  type        = string
  description = "The image family, such as web; the scripts see it as FAMILY."
}

variable "region" {
  type        = string
  description = "Where the image is built."
}

variable "copy_to_regions" {
  type    = list(string)
  default = []
}

variable "share_with" {
  type        = list(string)
  default     = []
  description = "Account ids that may launch the image."
}

variable "source_ami" {
  type        = string
  default     = ""
  description = "The source AMI; empty for the newest one with source_ami_name."
}

variable "source_ami_name" {
  type    = string
  default = "al2023-ami-2023.*-x86_64"
}

variable "source_ami_owners" {
  type    = list(string)
  default = ["self", "amazon"]
}

variable "instance_type" {
  type    = string
  default = "t3.micro"
}

variable "ssh_username" {
  type    = string
  default = "ec2-user"
}

variable "ami_name" {
  type    = string
  default = ""
}

variable "tags" {
  type    = map(string)
  default = {}
}

variable "manifest" {
  type    = string
  default = "packer-manifest.json"
}

variable "endpoint" {
  type        = string
  default     = ""
  description = "Where EC2 is, when it is not at AWS: the simulator."
}
